import type { OthersPower } from '../executor/others-power.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { MINUTE } from '../settlement/meter.ts'
import type { PowerSituation } from './engine-limits.ts'
import { columnAt, holdsAt } from './event-target.ts'

/**
 * The other half of `engineLimits`: what the plan gives to jobs that the house does not run, under an event no more than their share
 * of its target. Both together never stand above a site's envelope.
 */
export function powerForOthers(situation: PowerSituation): OthersPower {
  return {
    leastKw: (site, from, to) => Math.min(...momentsOf(situation, from, to).map((at) => kwAt(situation, site, at))),
    chipKw: (site, chip) => chipKw(situation.snapshot, site, chip),
  }
}

function kwAt({ snapshot, startsAt, othersKw, targets }: PowerSituation, name: string, at: number): number {
  const planned = othersKw[snapshot.sites.findIndex((site) => site.name === name)] ?? []
  const here = targets.filter((target) => target.site === name && holdsAt(target, at))
  return Math.min(
    columnAt({ startsAt, slotMinutes: snapshot.slotMinutes }, planned, at),
    ...here.map((target) => columnAt(target, target.othersKw, at)),
  )
}

/** The moments at which it may change: the first, the beginning of each slot of the day, and of each event with its slots. */
function momentsOf({ snapshot, startsAt, targets }: PowerSituation, from: number, to: number): number[] {
  const beginnings = targets.flatMap((target) => [target.from, ...slotsOf(target, target.othersKw.length)])
  const all = [...beginnings, ...slotsOf({ startsAt, slotMinutes: snapshot.slotMinutes }, snapshot.slots)]
  return [from, ...all.filter((at) => at > from && at < to)]
}

const slotsOf = ({ startsAt, slotMinutes }: { startsAt: number; slotMinutes: number }, slots: number): number[] =>
  Array.from({ length: slots }, (_, slot) => startsAt + slot * slotMinutes * MINUTE)

function chipKw({ sites, classes }: Snapshot, name: string, chip: string): number | undefined {
  const levels = Object.values(classes).flatMap((chips) => chips[chip] ?? [])
  if (levels.length === 0) return undefined
  const pue = Math.max(1, ...(sites.find((site) => site.name === name)?.pue ?? []))
  return (Math.max(...levels.map(({ watts }) => watts)) * pue) / 1000
}
