import type { Job, Route } from '@dengta/kernel'
import type { ComputeContext } from './compute-context.ts'
import type { PlanJobParts } from './plan-run/plan-run-job.ts'
import { publicJobRoutes } from './public-job/public-job-routes.ts'
import { dayAt, type PublicJobServiceParts, publicJobService } from './public-job/public-job-service.ts'
import { effectsOfPlan, type ReplanParts, replanJob } from './public-job/replan-job.ts'
import { quotaRoutes } from './quota/quota-routes.ts'
import { quotaService } from './quota/quota-service.ts'
import { sqlQuotaStore } from './quota/sql-quota-store.ts'

export type PublicContext = ComputeContext &
  Pick<ReplanParts, 'runs' | 'plans' | 'days' | 'opened' | 'jobs' | 'targets' | 'idle'> &
  Pick<PublicJobServiceParts, 'holdsPrograms'>

/** Quotas, jobs that arrive during the day, and the plan in force: the half of this domain that is open to participants. */
export interface PublicPart {
  readonly routes: readonly Route[]
  readonly jobs: readonly Job[]
  readonly effectsOf: PlanJobParts['effects']
  /** Id of the newest plan of the day in course, or else of the newest day that has one. */
  readonly planInForce: () => Promise<string | undefined>
}

export function publicPart(context: PublicContext): PublicPart {
  const { store, clock, days, runs } = context
  const quotas = sqlQuotaStore(store)
  const parts = { ...context, quotas }
  return {
    routes: [...quotaRoutes(quotaService({ ...context, quotas })), ...publicJobRoutes(publicJobService(parts))],
    jobs: [replanJob(parts)],
    effectsOf: (run, planned) => effectsOfPlan(parts, run, planned),
    planInForce: async () => {
      const all = await days.list()
      if (all.length === 0) return undefined
      const now = await dayAt(days, clock.now())
      for (const day of [now, ...all]) {
        const plan = await runs.newestDone(day.id)
        if (plan) return plan.id
      }
      return undefined
    },
  }
}
