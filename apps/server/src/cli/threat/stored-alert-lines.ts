import type { AlertDetail, AlertPage, RuleExplanation, Text } from '@dengta/sdk'
import { called } from '../state-words.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

type Say = Pick<Terminal, 'say'>

/** Alerts of a page; the last lines say how far back alerts are kept, and how to go on. */
export function alertPageRows({ alerts, next, kept, since }: AlertPage, { say }: Say): string[] {
  const rows = alerts.map(({ id, time, rule, host, detector }) => [
    time,
    say(called('level', rule.level)),
    host || '–',
    rule.title,
    detector,
    id,
  ])
  const held = {
    en: `${alerts.length} of ${kept} kept alerts${since === undefined ? '' : `, received since ${since}`}`,
    zh: `保留的 ${kept} 条告警中的 ${alerts.length} 条${since === undefined ? '' : `，接收时间自 ${since} 起`}`,
  }
  const more = { en: `more: --before ${next}`, zh: `更多：--before ${next}` }
  return [...formatTable(rows), say(held), ...(next === undefined ? [] : [say(more)])]
}

/** One alert: credit of its rule, what matched, and the event as it came. */
export function alertDetailLines(alert: AlertDetail, { say }: Say): string[] {
  const { id, rule, time, receivedAt, host, stream, line, detector, group, matched, event, eventKept } = alert
  const fields: [Text, string][] = [
    [WORDS.rule, `${rule.id}  ${rule.version}`],
    [WORDS.credit, [rule.author, rule.licence, rule.link].filter(Boolean).join('; ')],
    [WORDS.tags, rule.tags.join(', ')],
    [WORDS.host, host],
    [WORDS.place, `${stream}:${line}  ${detector}`],
    [WORDS.group, group ?? ''],
  ]
  return [
    `${id}  ${say(called('level', rule.level))}  ${time}  (${say(WORDS.received)} ${receivedAt})`,
    rule.title,
    ...fields.filter(([, value]) => value !== '').map(([name, value]) => `${say(name)}: ${value}`),
    ...formatTable(
      matched.map(({ field, wanted, found }) => [`  ${field ?? say(WORDS.anywhere)}`, wanted, foundText(found)]),
    ),
    eventKept === 'whole' ? JSON.stringify(event) : say(KEPT[eventKept]),
  ]
}

/** Why a rule of the house fires for an event or not, comparison by comparison. */
export function explanationLines(explanation: RuleExplanation, { say }: Say): string[] {
  const { rule, fires, format, logSource, detections, conditions, filters } = explanation
  const parts = [
    ...detections.map((part) => ({ ...part, before: '' })),
    ...filters.map((part) => ({ ...part, before: `${say(WORDS.filter)} ` })),
  ]
  return [
    `${mark(fires)} ${say(fires ? WORDS.fires : WORDS.silent)}: ${rule.title} (${rule.id})`,
    `  ${say(WORDS.credit)}: ${[rule.author, rule.licence, rule.link].filter(Boolean).join('; ')}`,
    `  ${mark(logSource.fits)} ${say(WORDS.logSource)}: ${sourceName(logSource.found)} (${say(WORDS.wanted)} ${sourceName(logSource.wanted)})`,
    `    ${say(WORDS.form)}: ${format ?? say(WORDS.unknown)}`,
    ...parts.flatMap((part) => [
      `  ${mark(part.holds)} ${part.before}${part.name}`,
      ...part.items.map((item) => itemLine(item, { say })),
      ...(part.more === 0 ? [] : [`    … ${part.more}`]),
    ]),
    ...conditions.map(({ text, holds }) => `  ${mark(holds)} ${say(WORDS.condition)}: ${text}`),
  ]
}

type Item = RuleExplanation['detections'][number]['items'][number]

function itemLine({ depth, holds, what, match }: Item, { say }: Say): string {
  const indent = '    '.padEnd(4 + 2 * depth)
  if (!match) return `${indent}${mark(holds)} ${say(JOINS[what as keyof typeof JOINS] ?? JOINS.nothing)}`
  const found = match.found.length === 0 ? say(WORDS.none) : foundText(match.found)
  const words = {
    en: `${match.field ?? WORDS.anywhere.en}: wants ${match.wanted}, finds ${found}`,
    zh: `${match.field ?? WORDS.anywhere.zh}：要求 ${match.wanted}，实际 ${found}`,
  }
  return `${indent}${mark(holds)} ${say(words)}`
}

const foundText = (found: AlertDetail['matched'][number]['found']): string =>
  found.map((value) => JSON.stringify(value)).join(', ')

const sourceName = ({ product = '*', category = '*', service = '*' }: AlertDetail['logSource']): string =>
  [product, category, service].join(' / ')

const mark = (holds: boolean): string => (holds ? '✓' : '✗')

const KEPT = {
  too_large: { en: 'the event was over 16 KiB and is not kept', zh: '事件超过 16 KiB，未保留' },
  expired: { en: 'the event is past its retention', zh: '事件已超过保留期' },
} satisfies Record<string, Text>

const JOINS = {
  and: { en: 'all of', zh: '全部满足' },
  or: { en: 'one of', zh: '任一满足' },
  not: { en: 'not', zh: '不满足' },
  nothing: { en: 'a pattern that names no detection', zh: '未指向任何检测项的名称模式' },
} satisfies Record<string, Text>

const WORDS = {
  rule: { en: 'rule', zh: '规则' },
  credit: { en: 'rule by', zh: '规则作者' },
  tags: { en: 'tags', zh: '标签' },
  host: { en: 'host', zh: '主机' },
  place: { en: 'from', zh: '来源' },
  group: { en: 'group', zh: '告警组' },
  received: { en: 'received', zh: '接收于' },
  anywhere: { en: 'any value', zh: '任意值' },
  fires: { en: 'fires', zh: '命中' },
  silent: { en: 'does not fire', zh: '未命中' },
  filter: { en: 'filter', zh: '过滤规则' },
  logSource: { en: 'log source', zh: '日志源' },
  wanted: { en: 'wanted', zh: '要求' },
  form: { en: 'form of the event', zh: '事件格式' },
  unknown: { en: 'unknown', zh: '未知' },
  condition: { en: 'condition', zh: '条件' },
  none: { en: 'nothing', zh: '无' },
} satisfies Record<string, Text>
