import type { Text } from '@dengta/kernel'
import type { ExplainedCondition, ExplainedPart, Explanation, LogSource, Rule, RuleExplanation } from '@dengta/threat'
import type { Terminal } from '../terminal.ts'

type Say = Pick<Terminal, 'say'>

const WORDS: Readonly<Record<'and' | 'or' | 'not' | 'nothing', Text>> = {
  and: { en: 'all of', zh: '全部满足' },
  or: { en: 'one of', zh: '任一满足' },
  not: { en: 'not', zh: '不满足' },
  nothing: { en: 'a pattern that names no detection', zh: '未指向任何检测项的名称模式' },
}
const SHOWN = 120

/** Why a rule fires or not: detection by detection with one line a comparison, then the condition. */
export function explainLines(rule: Rule, explanation: RuleExplanation, { say }: Say): string[] {
  const { fires, logSource, format, detections, conditions, filters } = explanation
  const verdict = fires ? { en: 'fires', zh: '命中' } : { en: 'does not fire', zh: '未命中' }
  const { author, licence, link } = rule.origin
  return [
    `${mark(fires)} ${say(verdict)}: ${rule.title} (${rule.id})`,
    `  ${say({ en: 'rule by', zh: '规则作者' })} ${author || '-'}; ${licence || '-'}; ${link}`,
    `  ${mark(logSource.fits)} ${say({ en: 'log source', zh: '日志源' })}: ${say(sourceText(logSource))}`,
    `    ${say({ en: 'form of the event', zh: '事件格式' })}: ${format ?? say({ en: 'unknown', zh: '未知' })}`,
    ...detections.flatMap((part) => namedLines(part, '', { say })),
    ...conditions.map((condition) => conditionLine(condition, { say })),
    ...filters.flatMap((part) => namedLines(part, say({ en: 'filter ', zh: '过滤规则 ' }), { say })),
  ]
}

function namedLines({ name, why }: ExplainedPart, before: string, { say }: Say): string[] {
  return [`  ${mark(why.holds)} ${before}${name}`, ...partLines(why, '    ', { say })]
}

function conditionLine({ text, holds, namesNothing }: ExplainedCondition, { say }: Say): string {
  const note = namesNothing ? ` (${say(WORDS.nothing)})` : ''
  return `  ${mark(holds)} ${say({ en: 'condition', zh: '条件' })}: ${text}${note}`
}

function partLines(part: Explanation, indent: string, { say }: Say): string[] {
  if (part.kind === 'match') {
    const field = part.field ?? say({ en: 'any value', zh: '任意值' })
    const found = part.found.length === 0 ? say({ en: 'nothing', zh: '无' }) : part.found.map(shown).join(', ')
    const words = {
      en: `${field}: wants ${part.wanted}, finds ${found}`,
      zh: `${field}：要求 ${part.wanted}，实际 ${found}`,
    }
    return [`${indent}${mark(part.holds)} ${say(words)}`]
  }
  const head = `${indent}${mark(part.holds)} ${say(WORDS[part.kind])}`
  const inner = part.kind === 'nothing' ? [] : part.parts.flatMap((each) => partLines(each, `${indent}  `, { say }))
  return [head, ...inner]
}

function sourceText({ wanted, found }: RuleExplanation['logSource']): Text {
  return {
    en: `wants ${sourceName(wanted)}, event is ${sourceName(found)}`,
    zh: `要求 ${sourceName(wanted)}，事件为 ${sourceName(found)}`,
  }
}

const sourceName = ({ product, category, service }: LogSource): string =>
  [product, category, service].map((part) => part ?? '*').join(' / ')

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`
}

const mark = (holds: boolean): string => (holds ? '✓' : '✗')
