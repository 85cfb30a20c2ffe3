import { type Caller, type Route, route } from '@dengta/kernel'
import { newScenario, type ScenarioView, scenarioList, scenarioView as viewSchema } from '@dengta/sdk'
import { z } from 'zod'
import { portfolioErrors } from '../errors.ts'
import type { ScenarioService } from './scenario-service.ts'
import type { ScenarioViews } from './scenario-views.ts'

export interface ScenarioRouteParts {
  readonly scenarios: ScenarioService
  readonly views: ScenarioViews
}

export function scenarioRoutes({ scenarios, views }: ScenarioRouteParts): readonly Route[] {
  const view = async (id: string): Promise<ScenarioView> => {
    const found = await views.find(id)
    if (!found) throw portfolioErrors.no_scenario({ id })
    return found
  }
  return [
    route({
      method: 'GET',
      path: '/api/v1/scenarios',
      allow: 'anyone',
      summary: { en: 'All scenarios with their gates', zh: '全部场景及其关口' },
      answer: scenarioList,
      handle: async () => ({ scenarios: [...(await views.all())] }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/scenarios',
      allow: ['owner'],
      summary: { en: 'State a scenario, or state it anew', zh: '提交场景，或重新提交' },
      body: newScenario,
      answer: viewSchema,
      status: 201,
      handle: async ({ caller, body }) => view((await scenarios.state(signedIn(caller), body.file)).id),
    }),
    route({
      method: 'GET',
      path: '/api/v1/scenarios/:id',
      allow: 'anyone',
      summary: { en: 'One scenario with its gates', zh: '单个场景及其关口' },
      params: z.object({ id: z.string() }),
      answer: viewSchema,
      handle: async ({ params }) => view(params.id),
    }),
  ]
}

/** The server lets nobody without a role in; this only tells the types so. */
export function signedIn(caller: Caller | undefined): Caller {
  if (!caller) throw portfolioErrors.no_caller()
  return caller
}
