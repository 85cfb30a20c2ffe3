import { existsSync } from 'node:fs'
import { explainRule, loadMappings, oneEvent, type Rule, type RuleExplanation, readEventLine } from '@dengta/threat'
import { readRules } from './read-rules.ts'
import { threatCliErrors } from './threat-cli-errors.ts'

export interface ExplainedRule {
  readonly rule: Rule
  readonly explanation: RuleExplanation
}

export interface WhereToLook {
  /** Rules, where `wanted` is no file. */
  readonly rules?: string | undefined
  /** Own mappings. */
  readonly mappings?: string | undefined
}

/**
 * Explains the rules of a file, or the one with this id, name or title below `rules`, for one event.
 * `place` is FILE or FILE:LINE. Throws no_such_line, not_an_event, no_such_rule.
 */
export async function explainRules(
  place: string,
  wanted: string,
  { rules: folder, mappings }: WhereToLook = {},
): Promise<ExplainedRule[]> {
  const event = await readEvent(place)
  const path = folder ?? wanted
  const { rules } = await readRules([path])
  const chosen = folder ? rules.filter(({ id, name, title }) => [id, name, title].includes(wanted)) : rules
  if (chosen.length === 0) throw threatCliErrors.no_such_rule({ rule: wanted, path })
  const formats = await loadMappings(mappings)
  return chosen.map((rule) => ({ rule, explanation: explainRule(event, rule, formats) }))
}

async function readEvent(place: string): Promise<object> {
  const [, before = '', digits = ''] = /^(.+):(\d+)$/.exec(place) ?? []
  const [file, line] = before && !existsSync(place) ? [before, Number(digits)] : [place, 1]
  const text = await readEventLine(file, line)
  if (text === undefined) throw threatCliErrors.no_such_line({ file, line })
  const read = oneEvent(text)
  if ('fault' in read) throw threatCliErrors.not_an_event({ file, line })
  return read.event
}
