import type { Job, Placement, Snapshot } from '../model/snapshot.ts'
import { placementOf, type Way, waysOf } from '../model/way.ts'
import { blockOf, type Capacity, hold, lockedCapacity } from '../online/capacity.ts'
import { standing } from '../online/focus.ts'
import type { Policy } from '../online/online-state.ts'
import { placedHours, type QuotaLeft, quotaLeft, wayHours } from '../online/quota-left.ts'
import { shifted, windowOf } from '../online/window.ts'
import { bestFit, blockAt, type Column, type EnergySums, energySums } from './fit.ts'

/** What a simple policy wants, job by job in the order of arrival. */
export interface Rule {
  /** Ways that it knows of, among all that the job has. */
  readonly ways: (ways: readonly Way[]) => readonly Way[]
  /** True: only the present slot counts, nothing is reserved for later. */
  readonly nowOnly: boolean
  /** True: each slot, every reservation is tried again in order of arrival, and moves where the score falls. */
  readonly compress: boolean
  /** Less is better; `energy` are the electricity sums of the window. */
  readonly score: (column: Column, job: Job, look: Look) => number
}

interface Look {
  readonly window: Snapshot
  readonly energy: EnergySums
  /** Yuan for each slot of ending later. */
  readonly delayYuan: number
}

/** A policy that gives each job, first come first served, the place with the least score, and holds it there. */
export function reserving(rule: Rule): Policy {
  return (state) => {
    const window = windowOf(state, state.snapshot.jobs)
    const capacity = lockedCapacity(state, window)
    const old = state.previous.placements.map((placement) => shifted(placement, -state.now))
    const energy = energySums(capacity)
    const quota = quotaLeft(window)
    const placements: Placement[] = []
    for (const { job, at } of standing(capacity, window.jobs, old)) {
      const stays = at && !rule.compress && quota.allows(job, placedHours(window, job, at))
      const own = stays ? at : reserve(capacity, rule, { job, at, energy, quota })
      if (!own) continue
      quota.take(job, placedHours(window, job, own))
      placements.push(shifted(own, state.now))
    }
    return { placements }
  }
}

interface Turn {
  readonly job: Job
  readonly at: Placement | undefined
  readonly energy: EnergySums
  readonly quota: QuotaLeft
}

/** Gives back the job's old place, if it has one, and takes the best: the old one is among those to choose from. */
function reserve(capacity: Capacity, rule: Rule, { job, at, energy, quota }: Turn): Placement | undefined {
  const { window } = capacity
  if (at) hold(capacity, blockOf(window, job, at), -1)
  const look = { window, energy, delayYuan: (job.delayYuanPerHour * window.slotMinutes) / 60 }
  const ways = waysOf(window, job).filter((way) => quota.allows(job, wayHours(window, way)))
  const column = bestFit(capacity, rule.ways(ways), {
    starts: (way) => [job.release, rule.nowOnly ? Math.min(0, job.deadline - way.slots) : job.deadline - way.slots],
    score: (each) => rule.score(each, job, look),
  })
  if (!column) return undefined
  hold(capacity, blockAt(column))
  return placementOf(job.name, column.way, column.start)
}
