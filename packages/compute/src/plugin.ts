import { definePlugin, type PluginParts } from '@dengta/kernel'
import type { ComputeContext } from './compute-context.ts'
import { dayRoutes } from './day/day-routes.ts'
import { type DayService, dayService } from './day/day-service.ts'
import { sqlDayStore } from './day/sql-day-store.ts'
import { type EngineControl, enginePart } from './engine/engine-part.ts'
import { SituationReader } from './engine/load-situation.ts'
import { gridEventRoutes } from './grid-event/grid-event-routes.ts'
import { gridEventService } from './grid-event/grid-event-service.ts'
import { sqlGridEventStore } from './grid-event/sql-grid-event-store.ts'
import { computeMigrations } from './migrations.ts'
import { planJob } from './plan-run/plan-run-job.ts'
import { planRunRoutes } from './plan-run/plan-run-routes.ts'
import { type PlanRunService, planRunService } from './plan-run/plan-run-service.ts'
import { RunningPlans } from './plan-run/running-plans.ts'
import { sqlPlanRunStore } from './plan-run/sql-plan-run-store.ts'
import { REPLAN } from './public-job/public-job-service.ts'
import { sqlPublicJobStore } from './public-job/sql-public-job-store.ts'
import { publicPart } from './public-part.ts'
import { OpenedPlans } from './site-board/opened-plans.ts'
import { boardRoutes } from './site-board/site-board-routes.ts'

export interface ComputeParts extends PluginParts {
  readonly days: DayService
  readonly plans: PlanRunService
  readonly engine: EngineControl
}

/** Days of sites, chips, power and jobs; plans that prove themselves; grid events; public compute. */
export const computePlugin = definePlugin<ComputeContext, ComputeParts>({
  id: 'compute',
  migrations: computeMigrations,
  start: async (context) => {
    const { store } = context
    const runs = sqlPlanRunStore(store)
    const running = new RunningPlans()
    const days = dayService({
      ...{ ...context, days: sqlDayStore(store) },
      opened: (tx) => store.jobs.enqueue(tx, REPLAN, {}),
    })
    const plans = planRunService({ ...context, plans: runs, days, running })
    const opened = new OpenedPlans(plans, days)
    const shared = {
      ...context,
      runs,
      plans,
      days,
      opened,
      jobs: sqlPublicJobStore(store),
      events: sqlGridEventStore(store),
    }
    const engine = enginePart(shared)
    const events = gridEventService({ ...shared, ...engine })
    const reader = new SituationReader(shared)
    const open = publicPart({ ...shared, ...engine, targets: () => reader.targets() })
    const planOf = async (day: string) => (await runs.newestDone(day))?.id
    return {
      routes: [
        ...dayRoutes({ days, planOf }),
        ...planRunRoutes(plans),
        ...boardRoutes({ opened, clock: context.clock, planInForce: open.planInForce, endedJobs: shared.jobs.ended }),
        ...gridEventRoutes(events),
        ...open.routes,
        ...engine.routes,
      ],
      jobs: [planJob({ ...context, plans: runs, days, running, effects: open.effectsOf }), ...open.jobs],
      days,
      plans,
      engine: engine.control,
    }
  },
})
