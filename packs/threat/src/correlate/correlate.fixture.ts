import type { Scalar } from '../normalise/leaves.ts'
import { loadRules } from '../rule/load-rules.ts'
import { type CorrelationSet, readCorrelations } from './correlation-set.ts'
import type { CorrelatorEvent } from './correlator.ts'
import type { Firing } from './firing.ts'

/** Rules with these ids (named `n_<id>`) and correlation documents behind them, read. */
export function setOf(ids: readonly string[], ...correlations: readonly string[]): CorrelationSet {
  const rules = ids.map(
    (id) =>
      `title: ${id}\nid: ${id}\nname: n_${id}\nlogsource: {product: x}\ndetection: {s: {is: ${id}}, condition: s}\n`,
  )
  return readCorrelations(loadRules([{ path: 'all.yml', text: [...rules, ...correlations].join('---\n') }]))
}

/** One correlation document from its id and its section in flow style. */
export const correlation = (id: string, section: string): string =>
  `title: ${id}\nid: ${id}\ncorrelation: {${section}}\n`

export type Fields = Readonly<Record<string, Scalar>>

/** Events from rows of time in seconds, ids of rules and fields. */
export function eventsOf(set: CorrelationSet, rows: readonly (readonly [number, string, Fields])[]): CorrelatorEvent[] {
  return rows.map(([seconds, ids, fields], event) => ({
    time: seconds * 1000,
    rules: ids.split(' ').map((id) => set.rules.findIndex((rule) => rule.id === id)),
    read: (field) => fields[field],
    event,
  }))
}

/** A firing as one line: event, correlation, group, value. */
export const lineOf = ({ event, correlation: { id }, group, value }: Firing): string =>
  `${event} ${id} ${JSON.stringify(group)} ${value}`

/** Random numbers in [0, 1) by seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
