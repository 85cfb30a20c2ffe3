import type { JobWhy } from '@dengta/sdk'
import type { Snapshot } from '../model/snapshot.ts'
import { planRunErrors as errors } from '../plan-run/plan-run-errors.ts'
import { wishedClass } from '../public-job/started-class.ts'
import type { PricedColumn } from '../why/priced-column.ts'
import { explainJob } from '../why/why.ts'
import type { OpenedPlan } from './opened-plans.ts'

/** Why a job lies where it lies; throws `plan.no_job` also for a job that the caller may not see. */
export function jobWhy({ run, snapshot, plan }: OpenedPlan, name: string, mayRead: (owner: string) => boolean): JobWhy {
  const job = snapshot.jobs.find((each) => each.name === name)
  if (!job || !mayRead(job.participant)) throw errors.no_job({ plan: run.id, job: name })
  const { here, now, power, waitsFor, megawatt, yuanPerMwh, placement, chosen, alternatives } = explainJob(
    snapshot,
    plan,
    name,
  )
  const { participant, chips, hours, tier, release, deadline } = job
  return {
    ...{ plan: run.id, job: name, participant, class: wishedClass(job.class), chips, hours, tier, release, deadline },
    served: placement !== undefined,
    ...(here && { here }),
    ...(now && { now }),
    ...(power && { power }),
    ...{ waitsFor, megawatt, yuanPerMwh },
    ...(chosen && { chosen: column(snapshot, job.class, chosen) }),
    alternatives: alternatives.map((each) => column(snapshot, job.class, each)),
  }
}

function column(
  snapshot: Snapshot,
  workload: string,
  { way, start, yuan, parts }: PricedColumn,
): JobWhy['alternatives'][number] {
  const { site, pool, level, slots } = way
  const { watts } = snapshot.classes[workload]![pool.chip]![level]!
  return { site: site.name, chip: pool.chip, watts, start, slots, yuan, parts }
}
