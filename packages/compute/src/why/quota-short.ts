import type { Job, Snapshot } from '../model/snapshot.ts'
import { type Way, wayOf, waysOf } from '../model/way.ts'
import type { Plan } from '../plan/plan.ts'

/** Slack for sums of floating-point hours. */
const SLACK_HOURS = 1e-9

/** Chip-hours that a job takes at least, and that its participant's quota has left beside the jobs that are served. */
export interface QuotaShort {
  readonly wanted: number
  readonly left: number
}

/** What an unserved job lacks of its participant's quota; undefined where the quota would let it run. */
export function quotaShort(snapshot: Snapshot, plan: Plan, job: Job): QuotaShort | undefined {
  const quota = snapshot.participants.find(({ name }) => name === job.participant)?.quotaChipHours
  if (quota === undefined) return undefined
  const hours = ({ chips, slots }: Way): number => (chips * slots * snapshot.slotMinutes) / 60
  const own = new Map(
    snapshot.jobs.filter((each) => each.participant === job.participant).map((each) => [each.name, each]),
  )
  const used = plan.placements.reduce((sum, placement) => {
    const other = own.get(placement.job)
    return other ? sum + hours(wayOf(waysOf(snapshot, other), placement)!) : sum
  }, 0)
  const wanted = Math.min(...waysOf(snapshot, job).map(hours))
  return used + wanted > quota + SLACK_HOURS ? { wanted, left: Math.max(0, quota - used) } : undefined
}
