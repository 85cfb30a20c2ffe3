import type { EngineJob, PowerLimits, WantedJob } from '@dengta/compute'

/** Chip-hours since the last checkpoint of the jobs that cuts took off their chips. */
export interface Loss {
  ours: number
  latestCreated: number
  cuts: number
}

/** What the order of the field, latest created first, would throw away to bring these jobs under the limits. */
export function latestCreatedLoss(
  jobs: readonly EngineJob[],
  { sites }: PowerLimits,
  wanted: readonly WantedJob[],
): number {
  const every = new Map(wanted.map(({ order }) => [order.job, 60_000 * (order.checkpoint?.everyMinutes ?? 0)]))
  const created = new Map(wanted.map(({ order }, index) => [order.job, index]))
  const now = Date.now()
  let lost = 0
  for (const { name, limitKw } of sites) {
    const here = jobs.filter(({ site, state }) => site === name && state === 'running')
    let kw = here.reduce((sum, job) => sum + job.kw, 0)
    for (const job of here.toSorted((a, b) => created.get(b.job)! - created.get(a.job)!)) {
      if (kw <= limitKw) break
      kw -= job.kw
      lost += (job.chips * ((now - (job.startedAt ?? now)) % (every.get(job.job) || 1))) / 3_600_000
    }
  }
  return lost
}
