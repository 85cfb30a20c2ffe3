import { type Caller, ROLES, type Route, route } from '@dengta/kernel'
import { type EngineView, engineView } from '@dengta/sdk'
import { signedIn } from '../day/day-routes.ts'

/** What runs the jobs of the house: everyone who takes part may look. */
export function engineRoutes(view: (caller: Caller) => Promise<EngineView>): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/compute/engine',
      allow: ROLES,
      summary: { en: 'The engine: health, jobs, power against limits', zh: '执行引擎：状态、作业、功率与限额' },
      answer: engineView,
      handle: ({ caller }) => view(signedIn(caller)),
    }),
  ]
}
