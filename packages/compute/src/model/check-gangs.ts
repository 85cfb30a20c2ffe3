import type { Finding } from './series.ts'
import { snapshotErrors as errors } from './snapshot-errors.ts'
import type { SnapshotFile } from './snapshot-file.ts'

type JobInFile = SnapshotFile['jobs'][number]
type Fault = 'gang_not_smaller' | 'gang_repeated' | 'gang_speeds_up' | 'gang_fits_nowhere'

/** Smaller gangs of job `i`: fewer chips than its own, each size once, none faster than a larger one, each held by some pool. */
export function checkGangs(file: SnapshotFile, i: number): Finding | undefined {
  const job = file.jobs[i]!
  const gangs = job.gangs ?? []
  for (const [k, { chips }] of gangs.entries()) {
    const fault = faultOf(file, job, k)
    if (!fault) continue
    const says = { name: job.job, own: job.chips, chips }
    return { at: ['jobs', i, 'gangs', k], error: (place) => errors[fault]({ ...place, ...says }) }
  }
  return undefined
}

function faultOf(file: SnapshotFile, job: JobInFile, k: number): Fault | undefined {
  const gangs = job.gangs ?? []
  const { chips, speed } = gangs[k]!
  if (chips >= job.chips) return 'gang_not_smaller'
  if (gangs.findIndex((gang) => gang.chips === chips) < k) return 'gang_repeated'
  if (gangs.some((gang) => gang.chips > chips && gang.speed < speed)) return 'gang_speeds_up'
  return poolsOf(file, job).some((pool) => holds(pool, chips)) ? undefined : 'gang_fits_nowhere'
}

type PoolInFile = SnapshotFile['sites'][number]['pools'][number]

function poolsOf({ sites }: SnapshotFile, job: JobInFile): PoolInFile[] {
  return sites
    .filter(({ site }) => job.sites?.includes(site) ?? true)
    .flatMap(({ pools }) => pools)
    .filter(({ chip, trust }) => (job.chipTypes?.includes(chip) ?? true) && (job.trust?.includes(trust) ?? true))
}

/** Whole nodes above one node: a gang that leaves part of a node idle would hold, and draw, more than it says. */
const holds = ({ count, nodeSize }: PoolInFile, chips: number): boolean =>
  chips <= count && (chips <= nodeSize || chips % nodeSize === 0)
