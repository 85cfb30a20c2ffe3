import type { Scalar } from '../normalise/leaves.ts'
import type { Correlation } from './correlation.ts'
import type { CorrelatorCounts } from './correlator-options.ts'
import { keyOf, numberOf } from './group-key.ts'
import type { FieldReader, Route } from './routes.ts'

/** One event in one group of one correlation: it counts once there, however many rules brought it. */
export interface Touch {
  readonly place: number
  readonly key: string
  readonly text: string
  readonly number: number
  seen: number
  /** Where it goes on to if the correlation fires. */
  next: readonly Route[]
}

/** What an event does, in the order of evaluation. */
export class Touches {
  readonly #correlations: readonly Correlation[]
  readonly #counts: CorrelatorCounts
  readonly #list: Touch[] = []
  #at = 0

  constructor(correlations: readonly Correlation[], counts: CorrelatorCounts) {
    this.#correlations = correlations
    this.#counts = counts
  }

  /** Follows routes into their correlations. Counts, and leaves out, those for which the event lacks a field. */
  follow(routes: readonly Route[], read: FieldReader): void {
    for (const route of routes) {
      const key = keyOf(read, route.groupFields)
      if (key === undefined) this.#counts.withoutGroup += 1
      else this.#touch(route, key, read)
    }
  }

  /** The next one; what is followed meanwhile comes later, as no correlation reads one behind it. */
  take(): Touch | undefined {
    const touch = this.#list[this.#at]
    this.#at += 1
    if (touch === undefined) {
      this.#list.length = 0
      this.#at = 0
    }
    return touch
  }

  #touch(route: Route, key: string, read: FieldReader): void {
    const place = route.correlation
    let at = this.#list.length
    while (at > this.#at && (this.#list[at - 1] as Touch).place >= place) {
      const other = this.#list[at - 1] as Touch
      if (other.place === place && other.key === key) {
        other.seen = (other.seen | route.bit) >>> 0
        other.next = [...new Set([...other.next, ...route.next])]
        return
      }
      at -= 1
    }
    const touch = this.#touchOf(route, key, read)
    if (touch) this.#list.splice(this.#endOf(place), 0, touch)
  }

  #endOf(place: number): number {
    let at = this.#list.length
    while (at > this.#at && (this.#list[at - 1] as Touch).place > place) at -= 1
    return at
  }

  #touchOf(route: Route, key: string, read: FieldReader): Touch | undefined {
    const { kind } = this.#correlations[route.correlation] as Correlation
    const text = kind === 'value_count' ? keyOf(read, route.valueFields) : ''
    const number = isNumeric(kind) ? numberOf(read(route.valueFields[0] as string) as Scalar | undefined) : 0
    if (text === undefined || number === undefined) {
      this.#counts.withoutValue += 1
      return undefined
    }
    return { place: route.correlation, key, text, number, seen: route.bit, next: route.next }
  }
}

const isNumeric = (kind: Correlation['kind']): boolean => kind.startsWith('value_') && kind !== 'value_count'
