import { fillText, type Text } from '@dengta/kernel'
import { constantOf } from './expression.ts'
import { concerns, type RuleFilter } from './filter.ts'
import type { Rule } from './rule.ts'

/** A valid rule that never fires, or a filter that changes no rule, or not every one that it names. */
export interface IdleRule {
  readonly file: string
  readonly line: number
  readonly id: string
  readonly title: string
  readonly reason: Text
}

/** What is valid and yet without effect among the rules of a set and its filters, rules first. */
export function idleAmong(rules: readonly Rule[], filters: readonly RuleFilter[]): IdleRule[] {
  const byName = namedRules(rules)
  return [
    ...rules.filter(({ expression }) => constantOf(expression) === false).map((rule) => idle(rule, NEVER)),
    ...filters.flatMap((filter) => reasonsOf(filter, rules, byName).map((reason) => idle(filter, reason))),
  ]
}

type ByName = ReadonlyMap<string, readonly Rule[]>

function namedRules(rules: readonly Rule[]): ByName {
  const byName = new Map<string, Rule[]>()
  for (const rule of rules)
    for (const name of new Set([rule.id, rule.name ?? rule.id])) byName.set(name, [...(byName.get(name) ?? []), rule])
  return byName
}

function idle({ id, title, origin }: Pick<RuleFilter, 'id' | 'title' | 'origin'>, reason: Text): IdleRule {
  return { file: origin.file, line: origin.line, id, title, reason }
}

function reasonsOf(filter: RuleFilter, rules: readonly Rule[], byName: ByName): Text[] {
  if (constantOf(filter.expression) === true) return [ALWAYS]
  if (filter.rules === 'any') return rules.some((rule) => concerns(filter, rule)) ? [] : [NO_RULE]
  const absent = filter.rules.filter((name) => !byName.has(name))
  const foreign = filter.rules.filter((name) => byName.get(name)?.some((rule) => concerns(filter, rule)) === false)
  return [...toldOf(ABSENT, absent), ...toldOf(FOREIGN, foreign)]
}

const SHOWN = 5

function toldOf(template: Text, names: readonly string[]): Text[] {
  if (names.length === 0) return []
  const list = names.slice(0, SHOWN).join(', ') + (names.length > SHOWN ? ', …' : '')
  return [fillText(template, { count: names.length, list })]
}

const NEVER: Text = {
  en: 'its condition never holds, because it names no detection: correct the names',
  zh: '条件没有指到任何检测项，永远不成立；请更正名称',
}
const ALWAYS: Text = {
  en: 'the condition of the filter always holds, because it names no detection, so it changes nothing: correct the names',
  zh: '过滤器的条件没有指到任何检测项，始终成立，因此不起作用；请更正名称',
}
const NO_RULE: Text = {
  en: 'no rule is of the log source of the filter, so it changes nothing',
  zh: '没有规则属于该过滤器的日志源，因此不起作用',
}
const ABSENT: Text = {
  en: 'the filter names {count} {count:rule that is|rules that are} not in this rule set, by neither id nor name: {list}',
  zh: '过滤器指定的 {count} 条规则按编号和名称均不在此规则集中：{list}',
}
const FOREIGN: Text = {
  en: 'the filter names {count} {count:rule|rules} of another log source, which it leaves as {count:it is|they are}: {list}',
  zh: '过滤器指定的 {count} 条规则属于其他日志源，不受其影响：{list}',
}
