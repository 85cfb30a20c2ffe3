import { alertOf } from '../../detect/alert.ts'
import { explain, matchedFields } from '../../match/explain.ts'
import type { Matcher } from '../../match/matcher.ts'
import { normalise } from '../../match/plain-matcher.ts'
import type { Format } from '../../normalise/format.ts'
import type { Rule } from '../../rule/rule.ts'
import { entitiesOf } from '../event-entities.ts'
import { eventTimeOf } from '../event-time.ts'
import { alertIdOf } from './alert-id.ts'
import type { BatchResult, DetectedAlert, FaultyLine } from './detector-protocol.ts'
import { AlertPacker } from './packed-alerts.ts'
import { shortened } from './shorten-event.ts'

const LINE_END = 10
const SHOWN = 1000
/** An event of more characters is shortened in its alerts. */
const WHOLE_CHARACTERS = 65_536

export interface EvaluationContext {
  readonly matcher: Matcher
  readonly formats: readonly Format[]
  readonly journal: string
}

interface Line {
  readonly sequence: number
  readonly line: number
  readonly text: string
}

/** Evaluates every line of a batch. Each line ends with a line end. */
export function evaluateBatch(sequence: number, bytes: Buffer, context: EvaluationContext): BatchResult {
  const alerts = new AlertPacker()
  const faulty: FaultyLine[] = []
  const counts = { events: 0, unmapped: 0, faultyLines: 0 }
  let fired: Rule[] = []
  const note = (rule: Rule): void => void fired.push(rule)
  let line = 1
  let to = bytes.indexOf(LINE_END)
  for (let from = 0; to >= 0; from = to + 1, to = bytes.indexOf(LINE_END, from), line += 1) {
    if (isBlank(bytes, from, to)) continue
    const outcome = context.matcher.match(bytes, from, to, note)
    if ('fault' in outcome) {
      counts.faultyLines += 1
      if (faulty.length < SHOWN) faulty.push({ line, fault: outcome.fault })
    } else {
      counts.events += 1
      if (outcome.form === undefined) counts.unmapped += 1
    }
    if (fired.length > 0) {
      const text = bytes.toString('utf8', from, to)
      for (const alert of alertsOf(fired, { sequence, line, text }, context)) alerts.add(alert)
      fired = []
    }
  }
  return { sequence, ...counts, faulty, alerts: alerts.packed() }
}

/** Few events fire, so these are parsed and explained the plain way. */
function alertsOf(rules: readonly Rule[], { sequence, line, text }: Line, context: EvaluationContext): DetectedAlert[] {
  const event: unknown = JSON.parse(text)
  const carried = text.length > WHOLE_CHARACTERS ? shortened : <T>(whole: T): T => whole
  const { view } = normalise(event, context.formats)
  const seen = { eventMs: eventTimeOf(event), entities: entitiesOf(view), event: carried(event) }
  return rules.map((rule) => {
    const { logSource, condition } = explain(event, rule, context.formats)
    const { rule: head } = alertOf(rule, { file: '', line, logSource, matched: [] })
    const id = alertIdOf({ journal: context.journal, sequence, line, rule: rule.id })
    return { id, line, rule: head, logSource, matched: carried(matchedFields(condition)), ...seen }
  })
}

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if (bytes[i] !== 32 && bytes[i] !== 13 && bytes[i] !== 9) return false
  return true
}
