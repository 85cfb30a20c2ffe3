import type { GridEventRow } from '../grid-event/grid-event.ts'
import { powerBySite } from '../model/cost.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { OpenedPlan } from '../site-board/opened-plans.ts'
import type { EventTarget } from './event-target.ts'

/** Targets of an event, one a site: its share of what the plan that it was announced over gives each slot. Pure. */
export function targetsOfEvent(
  { id, request, from, to }: GridEventRow,
  { day, snapshot, plan }: OpenedPlan,
  ofTheDay: ReadonlySet<string>,
): EventTarget[] {
  const power = powerBySite(snapshot, plan.placements)
  const others = powerBySite(
    snapshot,
    plan.placements.filter(({ job }) => ofTheDay.has(job)),
  )
  const left = (kw: Float64Array): Float64Array => kw.map((each) => each * (1 - request.depth))
  return [...snapshot.sites.entries()]
    .filter(([, { name }]) => request.sites.includes(name))
    .map(([s, { name }]) => ({
      ...{ event: id, site: name, from: from.getTime(), to: to.getTime() },
      ...{ startsAt: day.startsAt.getTime(), slotMinutes: snapshot.slotMinutes },
      ...{ totalKw: left(power[s]!), othersKw: left(others[s]!) },
    }))
}

/** Names of the jobs that came with the day: whoever sent them runs them, this house does not. */
export const namesOf = ({ jobs }: Pick<Snapshot, 'jobs'>): ReadonlySet<string> => new Set(jobs.map(({ name }) => name))
