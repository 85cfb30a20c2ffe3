import { alertOf } from '../../detect/alert.ts'
import { matchedFields } from '../../match/explain.ts'
import type { Matcher } from '../../match/matcher.ts'
import { type NormalEvent, normalise } from '../../match/plain-matcher.ts'
import { eventTimeOf } from '../../normalise/event-time.ts'
import type { Format } from '../../normalise/format.ts'
import type { Rule } from '../../rule/rule.ts'
import { entitiesOf } from '../event-entities.ts'
import { alertIdOf } from './alert-id.ts'
import type { BatchResult, DetectedAlert, DetectedObservation, FaultyLine } from './detector-protocol.ts'
import type { Observer } from './observer.ts'
import { Packer } from './packed.ts'
import { shortened } from './shorten-event.ts'

const LINE_END = 10
const SHOWN = 1000
/** An event of more characters is shortened in its alerts. */
const WHOLE_CHARACTERS = 65_536

export interface EvaluationContext {
  readonly matcher: Matcher
  readonly formats: readonly Format[]
  readonly journal: string
  /** Without one the rules for stages alert as others do. */
  readonly observer?: Observer
}

/** Number of a batch in the journal, and when its first line was received. */
export interface BatchHead {
  readonly sequence: number
  readonly receivedMs: number
}

interface Line {
  readonly head: BatchHead
  readonly line: number
  readonly text: string
}

/** A line of which a rule holds, read. */
interface FiredEvent extends Line {
  readonly event: unknown
  readonly normal: NormalEvent
  readonly eventMs: number | undefined
}

/** Evaluates every line of a batch. Each line ends with a line end. */
export function evaluateBatch(head: BatchHead, bytes: Buffer, context: EvaluationContext): BatchResult {
  const [alerts, observations] = [new Packer<DetectedAlert>(), new Packer<DetectedObservation>()]
  const into = { ...context, alerts, observations }
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
      report(fired, { head, line, text: bytes.toString('utf8', from, to) }, into)
      fired = []
    }
  }
  return { sequence: head.sequence, ...counts, faulty, alerts: alerts.packed(), observations: observations.packed() }
}

interface Report extends EvaluationContext {
  readonly alerts: Packer<DetectedAlert>
  readonly observations: Packer<DetectedObservation>
}

/** Few events fire, so these are parsed and explained the plain way; an observed one is parsed only. */
function report(fired: readonly Rule[], line: Line, context: Report): void {
  const { observer, alerts, observations } = context
  const event: unknown = JSON.parse(line.text)
  const normal = normalise(event, context.formats)
  const time = eventTimeOf(normal.view)
  const eventMs = Number.isNaN(time) ? undefined : time
  const alerting = observer ? fired.filter(({ id }) => !observer.rules.has(id)) : fired
  if (observer && alerting.length < fired.length) {
    const { receivedMs } = line.head
    const seen = observer.observe(normal.view, Math.min(eventMs ?? receivedMs, receivedMs))
    if (seen !== undefined) observations.add({ line: line.line, seen })
  }
  if (alerting.length === 0) return
  for (const alert of alertsOf(alerting, { ...line, event, normal, eventMs }, context)) alerts.add(alert)
}

function alertsOf(rules: readonly Rule[], fired: FiredEvent, context: EvaluationContext): DetectedAlert[] {
  const { head, line, text, event, normal, eventMs } = fired
  const { logSource } = normal.source
  const carried = text.length > WHOLE_CHARACTERS ? shortened : <T>(whole: T): T => whole
  const seen = { eventMs, entities: entitiesOf(normal.view), event: carried(event) }
  return rules.map((rule) => {
    const { rule: credit } = alertOf(rule, { file: '', line, logSource, matched: [] })
    const id = alertIdOf({ journal: context.journal, sequence: head.sequence, line, rule: rule.id })
    const matched = carried(matchedFields(rule.expression, normal.view))
    return { id, line, rule: credit, logSource, matched, ...seen }
  })
}

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if (bytes[i] !== 32 && bytes[i] !== 13 && bytes[i] !== 9) return false
  return true
}
