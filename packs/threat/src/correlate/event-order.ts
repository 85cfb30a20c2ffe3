import type { Scalar } from '../normalise/leaves.ts'
import type { Rule } from '../rule/rule.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import type { CorrelatorCounts, CorrelatorOptions } from './correlator-options.ts'
import { type HeldEvent, HeldEvents } from './held-events.ts'

/** Events written in one step. */
const STEP = 256

/** Puts events in order of their time: one waits until the watermark, the latest time less the lateness, has reached it. */
export class EventOrder {
  readonly #bounds: Required<CorrelatorOptions>
  readonly #counts: CorrelatorCounts
  readonly #held = new HeldEvents()
  #latest = Number.NEGATIVE_INFINITY
  #watermark = Number.NEGATIVE_INFINITY
  #order = 0

  constructor(bounds: Required<CorrelatorOptions>, counts: CorrelatorCounts) {
    this.#bounds = bounds
    this.#counts = counts
  }

  get isFresh(): boolean {
    return this.#latest === Number.NEGATIVE_INFINITY
  }

  get watermark(): number {
    return this.#watermark
  }

  get size(): number {
    return this.#held.size
  }

  /** True where an event that comes now need not wait. */
  get isDirect(): boolean {
    return this.#bounds.latenessMs === 0 && this.#held.size === 0
  }

  /** Whether an event of this time is still, and already, to be correlated; counts it where not. */
  accepts(time: number, now: number | undefined): boolean {
    if (!Number.isFinite(time)) this.#counts.withoutTime += 1
    else if (time < this.#watermark) this.#counts.tooLate += 1
    else if (now !== undefined && time > now + this.#bounds.aheadMs) this.#counts.tooEarly += 1
    else return true
    return false
  }

  hold(event: Omit<HeldEvent, 'order'>): void {
    this.#order += 1
    this.#held.add({ ...event, order: this.#order })
    if (this.#held.size <= this.#bounds.maxHeld) return
    this.#counts.releasedEarly += 1
    this.#watermark = Math.max(this.#watermark, this.#held.first?.time ?? 0)
  }

  /** Says that time has come to here. */
  raise(time: number): void {
    if (time <= this.#latest) return
    this.#latest = time
    this.#watermark = Math.max(this.#watermark, time - this.#bounds.latenessMs)
  }

  /** Takes out the next event whose wait is over. */
  takeReady(): HeldEvent | undefined {
    const { first } = this.#held
    return first && first.time <= this.#watermark ? this.#held.take() : undefined
  }

  /** Ends every wait. */
  finish(): void {
    this.#watermark = Math.max(this.#watermark, this.#latest)
  }

  /** Copies what waits; the result writes it in small steps. Rules are saved by id: their places may change. */
  freeze(ruleAt: readonly Pick<Rule, 'id'>[]): (to: ByteWriter) => Generator<void> {
    const numbers = [this.#latest, this.#watermark, this.#order]
    const held = this.#held.copy()
    return function* (to) {
      for (const number of numbers) to.number(number)
      to.count(held.length)
      for (const [at, { rules, fields, ...rest }] of held.entries()) {
        to.text(JSON.stringify({ ...rest, rules: rules.map((rule) => ruleAt[rule]?.id), fields: [...fields] }))
        if (at % STEP === 0) yield
      }
    }
  }

  /** Says where the rules of what waits stand now, in steps; those that are nowhere are left out. */
  renumber(from: readonly Pick<Rule, 'id'>[], to: readonly Pick<Rule, 'id'>[]): Generator<void> {
    const places = new Map(to.map(({ id }, place) => [id, place]))
    const placeOf = (rule: number): number | readonly [] => places.get(from[rule]?.id ?? '') ?? []
    return this.#held.replace((event) => ({ ...event, rules: event.rules.flatMap(placeOf) }))
  }

  restore(from: ByteReader, ruleAt: readonly Pick<Rule, 'id'>[]): void {
    const places = new Map(ruleAt.map(({ id }, place) => [id, place]))
    this.#latest = from.number()
    this.#watermark = from.number()
    this.#order = from.number()
    for (let left = from.count(); left > 0; left -= 1) this.#held.add(heldFrom(from.text(), places))
  }
}

function heldFrom(text: string, places: ReadonlyMap<string, number>): HeldEvent {
  const { rules, fields, ...rest } = JSON.parse(text) as Omit<HeldEvent, 'rules' | 'fields'> & {
    readonly rules: readonly string[]
    readonly fields: readonly (readonly [string, Scalar])[]
  }
  return { ...rest, rules: rules.flatMap((id) => places.get(id) ?? []), fields: new Map(fields) }
}
