import type { Band, Job, Series, Site, Snapshot } from '../model/snapshot.ts'

/** Names of the days after the first: `train`, `train~2`, `train~3`. */
const nameOf = (name: string, day: number): string => (day === 0 ? name : `${name}~${day + 1}`)

/** A day played `times` times, one after the other: the same series, the same jobs each day, and each day's quotas. */
export function repeated(snapshot: Snapshot, times: number): Snapshot {
  const { sites, feeders, participants, slots } = snapshot
  const series = (values: Series): number[] => Array.from({ length: times }, () => values).flat()
  return {
    ...snapshot,
    slots: slots * times,
    sites: sites.map((site) => longer(site, series)),
    feeders: feeders.map((feeder) => ({ ...feeder, limitKw: series(feeder.limitKw) })),
    participants: participants.map(({ quotaChipHours: quota, ...rest }) => ({
      ...rest,
      ...(quota !== undefined && { quotaChipHours: quota * times }),
    })),
    jobs: Array.from({ length: times }, (_, day) => snapshot.jobs.map((job) => onDay(job, day, slots))).flat(),
  }
}

function longer(site: Site, series: (values: Series) => number[]): Site {
  const { band } = site
  return {
    ...site,
    pue: series(site.pue),
    yuanPerKwh: series(site.yuanPerKwh),
    carbonKgPerKwh: series(site.carbonKgPerKwh),
    envelopeKw: series(site.envelopeKw),
    reserveKw: series(site.reserveKw),
    band: band && bandOf(band, series),
  }
}

function bandOf({ lowKw, expectedKw, highKw }: Band, series: (values: Series) => number[]): Band {
  return { lowKw: series(lowKw), expectedKw: series(expectedKw), highKw: series(highKw) }
}

function onDay(job: Job, day: number, slots: number): Job {
  const later = day * slots
  return { ...job, name: nameOf(job.name, day), release: job.release + later, deadline: job.deadline + later }
}
