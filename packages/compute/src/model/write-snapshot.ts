import { timeOf } from './series.ts'
import type { Job, Site, Snapshot } from './snapshot.ts'
import type { EnvelopeInFile, SnapshotFile } from './snapshot-file.ts'

/** A snapshot in the form of the file that a person writes; `readSnapshot` reads its JSON back to the same snapshot. */
export function writeSnapshot(snapshot: Snapshot): SnapshotFile {
  const { name, participants, feeders, sites, jobs, classes, slotMinutes, slots, weights, keepTo = 'low' } = snapshot
  const chips = new Set([
    ...sites.flatMap((site) => site.pools.map(({ chip }) => chip)),
    ...Object.values(classes).flatMap((curves) => Object.keys(curves)),
    ...jobs.flatMap((job) => job.chipTypes ?? []),
  ])
  return {
    ...{ snapshot: name, slotMinutes, slots, keepTo, weights, chips: [...chips] },
    classes: structuredClone(classes) as SnapshotFile['classes'],
    participants: participants.map(({ name: participant, ...rest }) => ({ participant, ...rest })),
    feeders: feeders.map(({ name: feeder, parent, limitKw }) => ({ feeder, parent, limitKw: [...limitKw] })),
    sites: sites.map((site) => writeSite(site, snapshot)),
    jobs: jobs.map((job) => writeJob(job, snapshot)),
  }
}

function writeSite(site: Site, snapshot: Snapshot): SnapshotFile['sites'][number] {
  const { name, yuanPerKwh, demandYuanPerKw, billedPeakKw, pools, feeder, rampKw } = site
  return {
    ...{ site: name, feeder, rampKw },
    tariff: { ...writeTariff(yuanPerKwh, snapshot), demandYuanPerKw, billedPeakKw },
    pue: [...site.pue],
    carbonKgPerKwh: [...site.carbonKgPerKwh],
    envelopeKw: writeEnvelope(site),
    reserveKw: [...site.reserveKw],
    pools: pools.map((pool) => ({ ...pool })),
  }
}

function writeEnvelope({ envelopeKw, band }: Site): EnvelopeInFile {
  if (!band) return [...envelopeKw]
  return { lowKw: [...band.lowKw], expectedKw: [...band.expectedKw], highKw: [...band.highKw] }
}

/** One period a price, one window for each stretch of slots at that price. */
function writeTariff(yuanPerKwh: readonly number[], snapshot: Snapshot) {
  const prices = [...new Set(yuanPerKwh)]
  const windows: { from: string; to: string; period: string }[] = []
  for (const [t, price] of yuanPerKwh.entries()) {
    const period = `p${prices.indexOf(price)}`
    const last = windows.at(-1)
    const to = timeOf(t + 1, snapshot)
    if (last?.period === period) last.to = to
    else windows.push({ from: timeOf(t, snapshot), to, period })
  }
  return { periods: Object.fromEntries(prices.map((price, i) => [`p${i}`, price])), windows }
}

function writeJob(job: Job, snapshot: Snapshot): SnapshotFile['jobs'][number] {
  const { name, release, deadline, gangs, sites, chipTypes, trust, checkpoint, before, ...rest } = job
  return {
    ...rest,
    ...{ job: name, release: timeOf(release, snapshot), deadline: timeOf(deadline, snapshot) },
    gangs: gangs?.map((gang) => ({ ...gang })),
    sites: sites && [...sites],
    chipTypes: chipTypes && [...chipTypes],
    trust: trust && [...trust],
    checkpoint: checkpoint && { ...checkpoint },
    before: before && { ...before },
  }
}
