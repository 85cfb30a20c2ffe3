import { join } from 'node:path'
import type { Caller, Route, Text } from '@dengta/kernel'
import type { ComputeContext } from '../compute-context.ts'
import type { PublicJobStore } from '../public-job/public-job-store.ts'
import { mayRead } from '../site-board/viewer.ts'
import type { Compliance } from './compliance.ts'
import { type Engine, NO_ENGINE } from './engine.ts'
import { EngineKeeper } from './engine-keeper.ts'
import { EngineLoop } from './engine-loop.ts'
import { engineRoutes } from './engine-routes.ts'
import type { SituationParts } from './load-situation.ts'
import type { PowerStore } from './power-store.ts'
import { programStore } from './program-store.ts'
import { refusedViews } from './refused-views.ts'
import { sqlPowerStore } from './sql-power-store.ts'

export interface EnginePart {
  readonly routes: readonly Route[]
  readonly holdsPrograms: () => boolean
  /** Why placed jobs will not start; undefined where an engine runs them. */
  readonly idle: () => Text | undefined
  readonly power: PowerStore
  /** Absent where no engine ran, or a site was never within its limit. */
  readonly compliance: (sites: readonly string[], from: number, to: number) => Promise<Compliance | undefined>
  readonly control: EngineControl
}

/** Where there is no engine, and none that could be opened later, both do nothing. */
export interface EngineControl {
  /** Begins to run placed jobs, for as long as the house serves; an engine that could not be opened is tried again. */
  start(): Promise<void>
  /** Lets the running step end and closes the engine, started or not; jobs go on after the next start. */
  stop(): Promise<void>
}

/** Refused jobs that the page shows. */
const MOST_REFUSED = 20

export type EnginePartContext = ComputeContext & SituationParts & { readonly jobs: PublicJobStore }

export function enginePart(context: EnginePartContext): EnginePart {
  const { store, engine = { none: NO_ENGINE.notSet } } = context
  const power = sqlPowerStore(store)
  const programs = programStore(join(store.home, 'compute', 'programs'))
  const loopOf = (opened: Engine) => new EngineLoop({ ...context, engine: opened, power, programs })
  const keeper = new EngineKeeper(engine, { clock: context.clock, loopOf })
  const view = async (caller: Caller) => ({
    ...keeper.view(),
    refused: refusedViews(await context.jobs.refused(MOST_REFUSED), mayRead(caller)),
  })
  return {
    ...{ power, holdsPrograms: () => keeper.holdsPrograms(), idle: () => keeper.idle() },
    routes: engineRoutes(view),
    compliance: async (sites, from, to) => keeper.loop?.compliance(sites, from, to),
    control: keeper,
  }
}
