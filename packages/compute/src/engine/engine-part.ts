import { join } from 'node:path'
import type { Route, Text } from '@dengta/kernel'
import type { ComputeContext } from '../compute-context.ts'
import type { PublicJobStore } from '../public-job/public-job-store.ts'
import type { Compliance } from './compliance.ts'
import { isEngine, NO_ENGINE } from './engine.ts'
import { EngineLoop } from './engine-loop.ts'
import { engineRoutes } from './engine-routes.ts'
import { noEngineView } from './engine-view.ts'
import type { SituationParts } from './load-situation.ts'
import type { PowerStore } from './power-store.ts'
import { programStore } from './program-store.ts'
import { sqlPowerStore } from './sql-power-store.ts'

export interface EnginePart {
  readonly routes: readonly Route[]
  readonly holdsPrograms: boolean
  /** Why placed jobs will not start; absent where an engine runs them. */
  readonly idle: Text | undefined
  readonly power: PowerStore
  /** Absent where no engine ran, or a site was never within its limit. */
  readonly compliance: (sites: readonly string[], from: number, to: number) => Promise<Compliance | undefined>
  readonly control: EngineControl
}

/** Both do nothing where there is no engine. */
export interface EngineControl {
  /** Begins to run placed jobs, for as long as the house serves. */
  start(): Promise<void>
  /** Lets the running step end and closes the engine, started or not; jobs go on after the next start. */
  stop(): Promise<void>
}

export type EnginePartContext = ComputeContext & SituationParts & { readonly jobs: PublicJobStore }

export function enginePart(context: EnginePartContext): EnginePart {
  const { store, engine = { none: NO_ENGINE.notSet } } = context
  const power = sqlPowerStore(store)
  if (!isEngine(engine)) {
    const view = noEngineView(engine.none)
    const nothing = { power, holdsPrograms: false, idle: engine.none, compliance: async () => undefined }
    const control = { start: async () => {}, stop: async () => {} }
    return { ...nothing, routes: engineRoutes(() => view), control }
  }
  const programs = programStore(join(store.home, 'compute', 'programs'))
  const loop = new EngineLoop({ ...context, engine, power, programs })
  return {
    ...{ power, holdsPrograms: engine.holdsPrograms, idle: undefined },
    routes: engineRoutes(() => loop.view()),
    compliance: (sites, from, to) => loop.compliance(sites, from, to),
    control: loop,
  }
}
