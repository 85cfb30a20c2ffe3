import type { ScenarioView } from '@dengta/sdk'
import { benchmarksOf, gatesOfScenario, stageOf } from '../gate/gates-of-scenario.ts'
import { newest, ofScenario, predicateOf, type Records } from '../gate/records.ts'

/** A scenario as its records say it is; undefined where none states it. */
export function scenarioView(records: Records, id: string): ScenarioView | undefined {
  const own = ofScenario(records, id)
  const record = newest(own, 'scenario')
  if (!record) return undefined
  const { title, industry, owner, origin, painPoint, requirement, at } = predicateOf(record)
  const gates = [...gatesOfScenario(own, id)]
  return {
    ...{ id, title, industry, owner, origin, painPoint, requirement },
    ...{ stage: stageOf(gates), benchmarks: benchmarksOf(own), gates, record: record.id, statedAt: at },
  }
}
