import type { Feeder, Job, Placement, Series, Site, Snapshot } from '../model/snapshot.ts'
import { onlineErrors as errors } from './online-errors.ts'
import type { OnlineState } from './online-state.ts'

/** The slots from `now` on as a snapshot of its own, slot 0 being `now`. Its jobs are those given. */
export function windowOf({ snapshot, now, horizon }: OnlineState, jobs: readonly Job[]): Snapshot {
  if (now < 0 || now >= snapshot.slots)
    throw errors.now_outside({ now, slots: snapshot.slots, last: snapshot.slots - 1 })
  const slots = Math.min(horizon, snapshot.slots - now)
  const cut = (series: Series): Series => series.slice(now, now + slots)
  return {
    ...snapshot,
    slots,
    sites: snapshot.sites.map((site) => siteFrom(site, cut)),
    feeders: snapshot.feeders.map((feeder): Feeder => ({ ...feeder, limitKw: cut(feeder.limitKw) })),
    jobs: jobs.map((job) => jobFrom(job, now, slots)),
  }
}

function siteFrom(site: Site, cut: (series: Series) => Series): Site {
  return {
    ...site,
    pue: cut(site.pue),
    yuanPerKwh: cut(site.yuanPerKwh),
    carbonKgPerKwh: cut(site.carbonKgPerKwh),
    envelopeKw: cut(site.envelopeKw),
    band: undefined,
    reserveKw: cut(site.reserveKw),
  }
}

/** A job as seen from `now`: it can start now at the earliest, and must end inside the window. */
function jobFrom(job: Job, now: number, slots: number): Job {
  const release = Math.max(0, job.release - now)
  return { ...job, release, deadline: Math.min(slots, job.deadline - now) }
}

/** The same placement, counted from `now` (`-now`) or from the beginning (`+now`). */
export function shifted(placement: Placement, by: number): Placement {
  return { ...placement, start: placement.start + by }
}
