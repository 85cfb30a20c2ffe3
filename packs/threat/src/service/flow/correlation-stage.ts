import { createHash } from 'node:crypto'
import { correlatedAlertOf } from '../../correlate/correlated-alert.ts'
import type { CorrelatedRules } from '../../correlate/correlation-set.ts'
import { Correlator } from '../../correlate/correlator.ts'
import type { Firing } from '../../correlate/firing.ts'
import { fieldView } from '../../match/field-view.ts'
import { normalise } from '../../match/plain-matcher.ts'
import type { Format } from '../../normalise/format.ts'
import { leavesOf } from '../../normalise/leaves.ts'
import { type EventEntities, entitiesOf } from '../../pipeline/event-entities.ts'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'
import { AHEAD_MS, isAhead, LATENESS_MS } from '../../pipeline/stage/live-time.ts'
import type { FrozenState, Stage, StageFinding, StageInput } from '../../pipeline/stage/stage.ts'
import { detectorTag } from '../../triage/detector-tag.ts'
import { type Place, readCorrelation, writeCorrelation } from './correlation-state.ts'

export const CORRELATION = 'correlation'

/** Places of completing events that are remembered until their turn comes, at most and at least. */
const MAX_PLACES = 200_000
const FEW_PLACES = 1000

/** What a state said before its large part was written apart. */
interface OldState {
  readonly state: Uint8Array
  readonly places: Map<number, Place>
}

export interface CorrelationStageOptions {
  readonly formats: readonly Format[]
  /** Whether silence ends the wait for earlier events. A replayed log ends it itself. */
  readonly live?: boolean
  /** Live, an event further ahead of its receipt than this is counted and not correlated. */
  readonly aheadMs?: number
}

/** What is taken up before the next input. */
interface Known {
  readonly set: CorrelatedRules
  readonly formats: readonly Format[]
  readonly work: Generator<void>
}

/** Correlates the alerts of the flow; what fires is an alert of its own. Needs the rule set that the detectors have. */
export class CorrelationStage implements Stage {
  readonly name = CORRELATION
  #formats: readonly Format[]
  readonly #live: boolean
  readonly #aheadMs: number
  #set: CorrelatedRules
  #placeOf: ReadonlyMap<string, number>
  readonly #correlator: Correlator
  #known: Known | undefined
  #pending: PipelineAlert[] = []
  #next = 0
  #places = new Map<number, Place>()
  /** Receipt of the newest event that a correlation reads. */
  #lastMs = Number.NEGATIVE_INFINITY

  constructor(set: CorrelatedRules, { formats, live = false, aheadMs = AHEAD_MS }: CorrelationStageOptions) {
    this.#formats = formats
    this.#live = live
    this.#aheadMs = aheadMs
    this.#set = set
    this.#placeOf = placesOf(set)
    this.#correlator = new Correlator(set, { latenessMs: LATENESS_MS, aheadMs })
  }

  /**
   * Takes up a new rule set with its mappings before the next input. Correlations that say the same keep their windows,
   * others begin empty. Throws `threat_correlation.too_large`.
   */
  know(set: CorrelatedRules, formats: readonly Format[]): void {
    this.#known = { set, formats, work: this.#correlator.turnTo(set) }
  }

  prepare(): Generator<void> | undefined {
    const known = this.#known
    this.#known = undefined
    return known && this.#turnTo(known)
  }

  *#turnTo({ set, formats, work }: Known): Generator<void> {
    this.#formats = formats
    if (meaningOf(set) === meaningOf(this.#set)) return
    yield* work
    this.#set = set
    this.#placeOf = placesOf(set)
  }

  push(input: StageInput, emit: (finding: StageFinding) => void): void {
    if (input.kind === 'finding') return
    const [first] = this.#pending
    const goesOn = input.kind === 'alert' && first && first.file === input.alert.file && first.line === input.alert.line
    if (!goesOn && first) this.#correlate(emit)
    if (input.kind === 'alert') this.#pending.push(input.alert)
    else if (input.ms === Number.POSITIVE_INFINITY || this.#isSilent(input.ms))
      this.#emit(this.#correlator.flush(), emit)
  }

  /** Silence releases what waits, and makes nothing that comes behind it in its own time too late. */
  get dueMs(): number | undefined {
    return this.#live && this.#correlator.state.held > 0 ? this.#lastMs + LATENESS_MS : undefined
  }

  #isSilent(ms: number): boolean {
    return ms >= (this.dueMs ?? Number.POSITIVE_INFINITY)
  }

  save(): unknown {
    return { next: this.#next, pending: this.#pending, lastMs: this.#lastMs }
  }

  *freeze(): Generator<void, FrozenState> {
    const correlator = yield* this.#correlator.freeze()
    return writeCorrelation(correlator, [...this.#places])
  }

  restore(state: unknown, large?: Uint8Array): void {
    const saved = state as { next: number; pending: PipelineAlert[]; lastMs?: number } & OldState
    const { correlator, places } = large ? readCorrelation(large) : { correlator: saved.state, places: saved.places }
    this.#correlator.restore(correlator)
    this.#places = places
    this.#next = saved.next
    this.#pending = saved.pending
    this.#lastMs = saved.lastMs ?? Number.NEGATIVE_INFINITY
  }

  /** All alerts of one event are one event of the correlator. */
  #correlate(emit: (finding: StageFinding) => void): void {
    const [first] = this.#pending as [PipelineAlert]
    const rules = this.#pending.flatMap(({ rule }) => this.#placeOf.get(rule.id) ?? [])
    this.#pending = []
    if (!this.#correlator.reads(rules)) return
    this.#heal(first.receivedMs)
    const { view } = normalise(first.event, this.#formats)
    if (!this.#live || !isAhead(first, this.#aheadMs)) this.#remember(first, first.entities ?? entitiesOf(view))
    const event = { time: first.eventMs, rules, read: (field: string) => view.values(field)[0], event: this.#next }
    this.#next += 1
    const clock = this.#live ? { now: first.receivedMs } : {}
    this.#emit(this.#correlator.push({ ...event, ...clock }), emit)
    if (this.#places.size > 2 * this.#correlator.state.held + FEW_PLACES) this.#forgetPast()
  }

  /** An event before the watermark has had its turn: nothing that fires later was completed by it. */
  #forgetPast(): void {
    const { watermark } = this.#correlator
    for (const [event, { eventMs }] of this.#places)
      if (eventMs === undefined || eventMs < watermark) this.#places.delete(event)
  }

  #remember({ file, line, sequence, eventMs, receivedMs }: PipelineAlert, entities: EventEntities): void {
    this.#lastMs = receivedMs
    this.#places.set(this.#next, { file, line, sequence, eventMs, receivedMs, entities })
    if (this.#places.size > MAX_PLACES) this.#places.delete(this.#places.keys().next().value as number)
  }

  /** Time that one event led away before there was a bound: since then everything was too late, so the windows are empty too. */
  #heal(receivedMs: number): void {
    if (!this.#live || this.#correlator.watermark <= receivedMs + this.#aheadMs) return
    this.#correlator.forget()
    this.#places.clear()
  }

  #emit(firings: readonly Firing[], emit: (finding: StageFinding) => void): void {
    for (const firing of firings) {
      if (!firing.alerts) continue
      const place = this.#places.get(firing.event) ?? { file: '', line: 0, sequence: 0, receivedMs: firing.time }
      const { rule, correlation } = correlatedAlertOf(firing, place)
      const id = firedId(rule.id, firing.sequence, place)
      const alert: PipelineAlert = {
        ...{
          id,
          ...place,
          eventMs: firing.time,
          logSource: {},
          matched: [],
          entities: jointEntities(correlation.group, place.entities),
          event: { ...correlation.group, correlation },
        },
        rule: { ...rule, tags: [...rule.tags, detectorTag(CORRELATION)] },
      }
      emit({ stage: CORRELATION, id, body: alert })
    }
  }
}

const placesOf = ({ rules }: CorrelatedRules) => new Map(rules.map(({ id }, place) => [id, place]))

/** Firings are numbered in each flow from nought: what completed them tells those of a replay from those of another. */
function firedId(rule: string, firing: number, { file, line, sequence, receivedMs }: Omit<Place, 'eventMs'>): string {
  const origin = [rule, firing, file, line, sequence, receivedMs].join('\n')
  return `${CORRELATION}:${createHash('sha256').update(origin).digest('hex').slice(0, 32)}`
}

/** The same for sets that correlate the same, wherever their rules stand. */
function meaningOf({ rules, correlations }: CorrelatedRules): string {
  return JSON.stringify(
    correlations.map(({ id, title, level, tags, fingerprint, references }) => [
      ...[id, title, level, tags, fingerprint],
      references.map((each) => ('rule' in each ? rules[each.rule]?.id : each.correlation)),
    ]),
  )
}

/** What the group is formed by, and of the event that completed it what the group does not name. */
function jointEntities(group: Readonly<Record<string, string>>, completing?: EventEntities): EventEntities {
  const named = entitiesOf(fieldView(leavesOf(group), undefined))
  return { ...completing, ...named, addresses: [...new Set([...named.addresses, ...(completing?.addresses ?? [])])] }
}
