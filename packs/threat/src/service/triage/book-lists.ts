import type { AlertGroup } from '../../group/alert-group.ts'
import type { IncidentBookState } from '../../incident/incident-book.ts'
import { type IncidentOfBefore, liveOfBefore } from '../../incident/incident-of-before.ts'
import type { IncidentSumState } from '../../incident/incident-sum.ts'
import type { LiveIncidentState } from '../../incident/live-incident.ts'

type NamesOf = 'signatures' | 'hosts' | 'techniques'
const KINDS: readonly NamesOf[] = ['signatures', 'hosts', 'techniques']

/** A book as lists without references: groups by their numbers; of each item first the number of its incident. */
export interface BookLists {
  /** As incidents were written when they held their findings; those by incident, group, score. */
  readonly incidents: Omit<IncidentOfBefore, 'findings'>[]
  readonly findings: (readonly [number, number, number])[]
  readonly sums: (Pick<IncidentSumState, 'figures'> & Pick<LiveIncidentState, 'until'> & { readonly full: NamesOf[] })[]
  readonly names: (readonly [number, NamesOf, string])[]
  /** Incident, group, its alerts that are counted, and those that were told. */
  readonly recent: (readonly [number, number, number, number])[]
  readonly reach: (readonly [number, string, number])[]
}

export const BOOK_LISTS = ['incidents', 'findings', 'sums', 'names', 'recent', 'reach'] as const

type Live = IncidentBookState['live']

export function* sumsOf(live: Live): Generator<BookLists['sums'][number]> {
  for (const { sum, until } of live) {
    yield { figures: sum.figures, until, full: KINDS.filter((kind) => sum[kind].isFull) }
  }
}

export function* namesOf(live: Live): Generator<BookLists['names'][number]> {
  for (const { sum } of live)
    for (const kind of KINDS) for (const name of sum[kind].known) yield [sum.figures.number, kind, name]
}

export function* recentOf(live: Live): Generator<BookLists['recent'][number]> {
  for (const { sum, recent } of live)
    for (const { group, counted, told } of recent) yield [sum.figures.number, group.number, counted, told]
}

export function* reachOf(live: Live): Generator<BookLists['reach'][number]> {
  for (const { sum, reach } of live) for (const [key, last] of reach) yield [sum.figures.number, key, last]
}

/** Live incidents as they were written, now or before. */
export function liveFrom(lists: BookLists, groupOf: (number: number) => AlertGroup): LiveIncidentState[] {
  return [...before(lists, groupOf), ...now(lists, groupOf)]
}

function before({ incidents, findings }: BookLists, groupOf: (number: number) => AlertGroup): LiveIncidentState[] {
  const held = grouped(findings, ([incident]) => incident)
  return incidents.map((incident) => {
    const own = held.get(incident.number) ?? []
    return liveOfBefore({ ...incident, findings: own.map(([, group, score]) => ({ group: groupOf(group), score })) })
  })
}

function now({ sums, names, recent, reach }: BookLists, groupOf: (number: number) => AlertGroup): LiveIncidentState[] {
  const byNumber = <T extends readonly [number, ...unknown[]]>(items: readonly T[]) => {
    const lists = grouped(items, ([incident]) => incident)
    return (incident: number) => lists.get(incident) ?? []
  }
  const [namesBy, recentBy, reachBy] = [byNumber(names), byNumber(recent), byNumber(reach)]
  return sums.map(({ figures, until, full }) => {
    const { number } = figures
    const named = grouped(namesBy(number), ([, kind]) => kind)
    const state = (kind: NamesOf) => ({
      known: (named.get(kind) ?? []).map(([, , name]) => name),
      isFull: full.includes(kind),
    })
    const [signatures, hosts, techniques] = [state('signatures'), state('hosts'), state('techniques')]
    return {
      sum: { figures, signatures, hosts, techniques },
      recent: recentBy(number).map(([, group, counted, told]) => ({ group: groupOf(group), counted, told })),
      until,
      reach: reachBy(number).map(([, key, last]) => [key, last] as const),
    }
  })
}

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
