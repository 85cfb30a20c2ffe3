import { type Correlation, meetsBounds } from './correlation.ts'
import type { CorrelationSet } from './correlation-set.ts'
import type { CorrelatorEvent } from './correlator.ts'
import { holdsFor } from './presence.ts'

type Rename = (field: string) => string

interface Entry {
  readonly time: number
  readonly key: string
  readonly references: readonly number[]
  readonly values: readonly unknown[]
}

/** What correlations mean, without any trick: the whole window is looked at again for every event. The oracle of Correlator. */
export function correlatePlainly(set: CorrelationSet, events: readonly CorrelatorEvent[], latenessMs = 0): string[] {
  const entries = set.correlations.map((): Entry[] => [])
  return inTime(events, latenessMs)
    .toSorted((a, b) => a.time - b.time)
    .flatMap((event) => evaluate(set, event, entries))
}

function inTime(events: readonly CorrelatorEvent[], latenessMs: number): CorrelatorEvent[] {
  let latest = Number.NEGATIVE_INFINITY
  return events.filter(({ time }) => {
    const accepted = time >= latest - latenessMs
    if (accepted) latest = Math.max(latest, time)
    return accepted
  })
}

function evaluate(set: CorrelationSet, event: CorrelatorEvent, entries: readonly Entry[][]): string[] {
  const passedOn = new Map<number, Rename[]>()
  const found: string[] = []
  set.correlations.forEach((correlation, place) => {
    const arrivals = arrivalsOf(correlation, event, passedOn)
    for (const [key, { references, renames }] of arrivals) {
      const values = correlation.condition.fields.map((field) => event.read((renames[0] as Rename)(field)))
      if (values.some((value) => value === undefined)) continue
      const all = entries[place] as Entry[]
      all.push({ time: event.time, key, references, values })
      const inWindow = all.filter((entry) => entry.key === key && entry.time >= event.time - correlation.spanMs)
      const value = measured(correlation, inWindow)
      if (!meetsBounds(correlation.condition, value) || !isPresent(correlation, inWindow)) continue
      found.push(`${event.event} ${correlation.id} ${key} ${value}`)
      passedOn.set(place, [...(passedOn.get(place) ?? []), ...renames])
    }
  })
  return found
}

interface Arriving {
  readonly references: number[]
  readonly renames: Rename[]
}

function arrivalsOf(
  { references, aliases, groupBy }: Correlation,
  event: CorrelatorEvent,
  passedOn: ReadonlyMap<number, readonly Rename[]>,
): Map<string, Arriving> {
  const arrivals = new Map<string, Arriving>()
  references.forEach((reference, index) => {
    const ways =
      'rule' in reference
        ? event.rules.includes(reference.rule)
          ? [(field: string) => field]
          : []
        : (passedOn.get(reference.correlation) ?? [])
    for (const way of ways) {
      const rename: Rename = (field) => way(aliases[index]?.get(field) ?? field)
      const group = groupBy.map((field) => event.read(rename(field)))
      if (group.some((value) => value === undefined)) continue
      const key = JSON.stringify(group.map(String))
      const arriving = arrivals.get(key) ?? { references: [], renames: [] }
      arrivals.set(key, arriving)
      if (!arriving.references.includes(index)) arriving.references.push(index)
      arriving.renames.push(rename)
    }
  })
  return arrivals
}

function measured({ kind, references, condition }: Correlation, window: readonly Entry[]): number {
  const numbers = window.map((entry) => Number(entry.values[0])).sort((a, b) => a - b)
  const sum = numbers.reduce((total, each) => total + each, 0)
  switch (kind) {
    case 'event_count':
      return window.length
    case 'value_count':
      return new Set(window.map((entry) => JSON.stringify(entry.values.map(String)))).size
    case 'temporal':
      return new Set(window.flatMap((entry) => entry.references)).size
    case 'temporal_ordered':
      return longestChain(window, references.length)
    case 'value_sum':
      return sum
    case 'value_avg':
      return sum / window.length
    case 'value_percentile':
    case 'value_median':
      return between(numbers, (condition.percentile ?? 50) / 100)
  }
}

/** Longest row of events whose rules follow the order given; an event takes one place in it. */
function longestChain(window: readonly Entry[], rules: number): number {
  const longest = new Array<number>(rules).fill(0)
  for (const { references } of window) {
    const before = [...longest]
    for (const rule of references)
      longest[rule] = Math.max(before[rule] as number, 1 + Math.max(0, ...before.slice(0, rule)))
  }
  return Math.max(...longest)
}

function between(sorted: readonly number[], share: number): number {
  const rank = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(rank)] as number, sorted[Math.ceil(rank)] as number]
  return low + (high - low) * (rank - Math.floor(rank))
}

function isPresent({ kind, condition }: Correlation, window: readonly Entry[]): boolean {
  if (!condition.presence || kind !== 'temporal') return true
  const seen = window.flatMap((entry) => entry.references).reduce((bits, index) => bits | (1 << index), 0)
  return holdsFor(condition.presence, seen >>> 0)
}
