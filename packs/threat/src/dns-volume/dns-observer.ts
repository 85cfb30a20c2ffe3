import type { FieldView } from '../match/field-view.ts'
import type { Observer } from '../pipeline/detector/observer.ts'
import { dnsQueryOf } from './dns-query-of.ts'
import { DNS_QUERY_RULES } from './dns-query-rules.ts'
import type { DnsQuery } from './dns-volume.ts'
import { type Hash, keyedHash } from './keyed-hash.ts'
import { NameFilter } from './name-filter.ts'
import { DAY_MS } from './pair-window.ts'

export interface DnsObserverOptions {
  /** Secret of this detector, so that nobody can choose names that fall together. */
  readonly key: Hash
  /** Places of the filter, a power of two. */
  readonly places?: number
}

/**
 * Passes DNS queries on to the watch, each (client, name) once a day of event time: the days are those in which the watch
 * remembers names, so in order of time it says the same as with every query. What it forgets passes again.
 */
export class DnsObserver implements Observer {
  static readonly rules = DNS_QUERY_RULES
  readonly rules = DnsObserver.rules
  readonly #key: Hash
  readonly #filter: NameFilter

  constructor({ key, places }: DnsObserverOptions) {
    this.#key = key
    this.#filter = new NameFilter(places)
  }

  observe(view: FieldView, timeMs: number): DnsQuery | undefined {
    const query = dnsQueryOf(view, timeMs)
    return query && this.passes(query) ? query : undefined
  }

  /** False where this client asked for this name on the same day already. */
  passes({ client, name, time }: DnsQuery): boolean {
    const day = Math.floor(time / DAY_MS)
    return !this.#filter.see(keyedHash(`${day}\n${client}\n${name.toLowerCase()}`, this.#key))
  }
}
