import type { Job, Snapshot } from '@dengta/compute'
import { readComment } from '../../packages/compute/src/slurm/job-comment.ts'
import type { SlurmRun } from '../../packages/compute/src/slurm/slurm-client.ts'
import { lasts, SLOT_MS } from './slurm-online-day.ts'

/** What a day came to by Slurm's own accounts, in yuan and hours of the day that it stands for. */
export interface DayCost {
  readonly missed: number
  /** Of these, jobs that ended, but after their deadline. */
  readonly late: number
  /** Of these, jobs that never began. */
  readonly never: number
  readonly electricityYuan: number
  readonly delayYuan: number
  readonly unservedYuan: number
  readonly totalYuan: number
}

/** For both arms: Slurm's accounts know whole seconds, and its latencies weigh 112 times what they do in a real day. */
const GRACE_MS = 2000

/** The cost model of `online`: electricity of every run at its hours, delay of what was served, value of what was missed. */
export function costOf(day: Snapshot, runs: readonly SlurmRun[], startsAt: number): DayCost {
  const endOf = new Map(runs.flatMap(({ name, state, endedAt }) => (state === 'COMPLETED' ? [[name, endedAt!]] : [])))
  const due = (job: Job): number => startsAt + job.deadline * SLOT_MS + GRACE_MS
  const served = day.jobs.filter((job) => (endOf.get(job.name) ?? Infinity) <= due(job))
  const missed = day.jobs.filter((job) => !served.includes(job))
  const electricityYuan = runs.reduce((sum, run) => sum + electricityOf(day, run, startsAt), 0)
  const delayYuan = served.reduce((sum, job) => sum + delayOf(day, job, endOf.get(job.name)! - startsAt), 0)
  const unservedYuan = missed.reduce((sum, { valueYuan }) => sum + valueYuan, 0)
  const totalYuan = electricityYuan + delayYuan + unservedYuan
  const late = missed.filter(({ name }) => endOf.has(name)).length
  const began = new Set(runs.flatMap(({ name, startedAt }) => (startedAt === undefined ? [] : [name])))
  const never = missed.filter(({ name }) => !began.has(name)).length
  return { missed: missed.length, late, never, electricityYuan, delayYuan, unservedYuan, totalYuan }
}

function delayOf({ slotMinutes, ...day }: Snapshot, job: Job, endMs: number): number {
  const earliest = job.release * SLOT_MS + lasts({ slotMinutes, ...day }, job, 1)
  return ((Math.max(0, endMs - earliest) / SLOT_MS) * slotMinutes * job.delayYuanPerHour) / 60
}

/** Power x time of a run, at the price of each slot that it touches. */
function electricityOf(day: Snapshot, { startedAt, endedAt, comment }: SlurmRun, startsAt: number): number {
  const facts = readComment(comment)
  if (!facts || startedAt === undefined || endedAt === undefined) return 0
  const { yuanPerKwh } = day.sites.find(({ name }) => name === facts.site)!
  const [from, to] = [(startedAt - startsAt) / SLOT_MS, (endedAt - startsAt) / SLOT_MS]
  let yuan = 0
  for (let slot = Math.floor(from); slot < to; slot += 1) {
    const share = Math.min(to, slot + 1) - Math.max(from, slot)
    const price = yuanPerKwh[Math.min(day.slots - 1, Math.max(0, slot))]!
    yuan += (share * day.slotMinutes * facts.kw * price) / 60
  }
  return yuan
}
