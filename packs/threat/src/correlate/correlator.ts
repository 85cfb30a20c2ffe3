import type { Scalar } from '../normalise/leaves.ts'
import { ByteReader } from './byte-reader.ts'
import { meetsBounds } from './correlation.ts'
import { correlationErrors } from './correlation-errors.ts'
import type { CorrelatedRules } from './correlation-set.ts'
import { type CorrelatorCounts, type CorrelatorOptions, DEFAULT_BOUNDS, NO_COUNTS } from './correlator-options.ts'
import { EventOrder } from './event-order.ts'
import type { Firing } from './firing.ts'
import { standingOf } from './generating.ts'
import { partsOf, textOf } from './group-key.ts'
import type { HeldEvent } from './held-events.ts'
import { holdsFor } from './presence.ts'
import { type FieldReader, fieldsOf, type Route, routesOf } from './routes.ts'
import { sealed, unseal } from './sealed-bytes.ts'
import { type Touch, Touches } from './touches.ts'
import { WindowStore } from './window-store.ts'

/** An event with the rules that matched it. */
export interface CorrelatorEvent {
  /** Event time in milliseconds since 1970; NaN where the event has none. */
  readonly time: number
  /** Places of the rules in the rule set. */
  readonly rules: readonly number[]
  readonly read: FieldReader
  /** The caller's number of the event; a firing names it. */
  readonly event: number
  /** Clock at receipt, in milliseconds; without it no event is too early. */
  readonly now?: number
}

export interface CorrelatorState extends CorrelatorCounts {
  readonly groups: number
  readonly entries: number
  readonly held: number
  /** Bytes of typed arrays. */
  readonly bytes: number
  /** Events before this time are too late. */
  readonly watermark: number
}

const SNAPSHOT = 'DENGTA-CORRELATOR-1\n'
/** Events between two looks for groups that nobody touches any more. */
const SWEEP_EVERY = 4096

/**
 * Runs Sigma correlations over events. Events are put in order of their time first: one waits until the watermark,
 * the latest time less the lateness, has reached it. So the firings are those of the sorted stream, whatever the order
 * of arrival, for all events that are not later than the lateness allows.
 */
export class Correlator {
  #set: CorrelatedRules
  readonly #bounds: Required<CorrelatorOptions>
  #routes: readonly (readonly Route[])[]
  #fields: readonly (readonly string[])[]
  #alerts: readonly boolean[]
  readonly #counts: CorrelatorCounts = { ...NO_COUNTS }
  #windows: WindowStore
  #touches: Touches
  #order: EventOrder

  constructor(set: CorrelatedRules, options: CorrelatorOptions = {}) {
    this.#set = set
    this.#bounds = { ...DEFAULT_BOUNDS, ...options }
    this.#routes = routesOf(set)
    this.#fields = this.#routes.map((routes) => [...fieldsOf(routes)])
    this.#alerts = standingOf(set).correlations
    this.#windows = new WindowStore(set.correlations, this.#bounds, this.#counts)
    this.#order = new EventOrder(this.#bounds, this.#counts)
    this.#touches = new Touches(set.correlations, this.#counts)
  }

  get state(): CorrelatorState {
    const { groups, entries, bytes } = this.#windows
    return { ...this.#counts, groups, entries, bytes, held: this.#order.size, watermark: this.#order.watermark }
  }

  /** Events before this time are too late. */
  get watermark(): number {
    return this.#order.watermark
  }

  /** Begins with empty windows and no time, e.g. where time was led away; counts and the numbers of firings go on. */
  forget(): void {
    this.#windows = new WindowStore(this.#set.correlations, this.#bounds, this.#counts)
    this.#order = new EventOrder(this.#bounds, this.#counts)
  }

  /**
   * Goes on by another rule set, in steps between which nothing may be pushed. Correlations that say the same keep their
   * windows, others begin empty; what waits for earlier events goes on to wait. Throws too_large at once.
   */
  turnTo(set: CorrelatedRules): Generator<void> {
    return this.#turnTo(set, routesOf(set))
  }

  *#turnTo(set: CorrelatedRules, routes: readonly (readonly Route[])[]): Generator<void> {
    const before = this.#set
    this.#routes = routes
    this.#fields = this.#routes.map((routes) => [...fieldsOf(routes)])
    this.#alerts = standingOf(set).correlations
    this.#touches = new Touches(set.correlations, this.#counts)
    this.#set = set
    yield* this.#order.renumber(before.rules, set.rules)
    yield* this.#windows.turnTo(set.correlations)
  }

  /** Whether any correlation reads one of these rules. */
  reads(rules: readonly number[]): boolean {
    return rules.some((rule) => (this.#routes[rule]?.length ?? 0) > 0)
  }

  /** Takes an event and returns the firings of every event whose wait is over, in order. */
  push(event: CorrelatorEvent): Firing[] {
    const firings: Firing[] = []
    if (!this.#order.accepts(event.time, event.now)) return firings
    if (this.reads(event.rules)) this.#take(event, firings)
    this.#order.raise(event.time)
    this.#releaseReady(firings)
    return firings
  }

  /** Releases everything that waits: the end of the stream. */
  flush(): Firing[] {
    const firings: Firing[] = []
    this.#order.finish()
    this.#releaseReady(firings)
    return firings
  }

  #take({ time, rules, read, event }: CorrelatorEvent, firings: Firing[]): void {
    this.#counts.events += 1
    if (this.#order.isDirect) this.#evaluate({ time, rules, event }, read, firings)
    else this.#order.hold({ time, event, rules: [...rules], fields: this.#fieldsFor(rules, read) })
  }

  #fieldsFor(rules: readonly number[], read: FieldReader): Map<string, Scalar> {
    const fields = new Map<string, Scalar>()
    for (const rule of rules) {
      for (const field of this.#fields[rule] ?? []) {
        const value = read(field)
        if (value !== undefined) fields.set(field, typeof value === 'string' ? (textOf(value) as string) : value)
      }
    }
    return fields
  }

  #releaseReady(firings: Firing[]): void {
    for (let held = this.#order.takeReady(); held; held = this.#order.takeReady()) {
      const { fields } = held
      this.#evaluate(held, (field) => fields.get(field), firings)
    }
  }

  #evaluate(event: Pick<HeldEvent, 'time' | 'rules' | 'event'>, read: FieldReader, firings: Firing[]): void {
    for (const rule of event.rules) this.#touches.follow(this.#routes[rule] ?? [], read)
    for (let touch = this.#touches.take(); touch; touch = this.#touches.take()) {
      const firing = this.#apply(touch, event)
      if (!firing) continue
      firings.push(firing)
      this.#touches.follow(touch.next, read)
    }
    if (this.#counts.events % SWEEP_EVERY === 0) this.#windows.closeExpired(event.time)
  }

  #apply(touch: Touch, { time, event }: Pick<HeldEvent, 'time' | 'event'>): Firing | undefined {
    const { text, number, seen, key } = touch
    const { lane, slot } = this.#windows.add(touch.place, key, { time, text, number, seen })
    const { correlation, windows } = lane
    const from = time - correlation.spanMs
    const value = windows.value(slot, from)
    if (!meetsBounds(correlation.condition, value)) return undefined
    const { presence } = correlation.condition
    if (presence && correlation.kind === 'temporal' && !holdsFor(presence, windows.seen(slot))) return undefined
    const sequence = this.#counts.firings
    this.#counts.firings += 1
    return {
      sequence,
      correlation,
      event,
      time,
      group: partsOf(key, correlation.groupBy.length),
      value,
      events: windows.size(slot),
      firstTime: windows.firstTime(slot, from),
      alerts: this.#alerts[touch.place] as boolean,
    }
  }

  /**
   * Copies all state for a restart, in steps between which nothing may be pushed. The work answered writes it down, in steps
   * of about a millisecond, while events go on. Keep the pieces, joined, together with the place in the input up to which
   * events were pushed: pushing the rest again gives the same firings with the same numbers.
   */
  *freeze(): Generator<void, Generator<void, readonly Uint8Array[]>> {
    const counts = JSON.stringify(this.#counts)
    const parts = [this.#order.freeze(this.#set.rules), yield* this.#windows.freeze()]
    return sealed(SNAPSHOT, function* (to) {
      to.text(counts)
      for (const write of parts) yield* write(to)
    })
  }

  /** The same without a break. */
  save(): Uint8Array {
    return new Uint8Array(Buffer.concat(resultOf(resultOf(this.freeze()))))
  }

  /**
   * Takes up what `save` returned, on a correlator that has seen no event. Returns the ids of correlations that are not
   * there any more or say something else now: their windows begin empty. Throws bad_snapshot.
   */
  restore(bytes: Uint8Array): string[] {
    if (!this.#order.isFresh)
      throw correlationErrors.bad_snapshot({
        why: { en: 'this correlator has seen events already', zh: '该关联器已处理过事件' },
      })
    const from = new ByteReader(unseal(SNAPSHOT, bytes))
    Object.assign(this.#counts, JSON.parse(from.text()))
    this.#order.restore(from, this.#set.rules)
    return this.#windows.restore(from)
  }
}

function resultOf<T>(work: Generator<void, T>): T {
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value
}
