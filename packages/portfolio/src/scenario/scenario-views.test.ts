import type { LoggedRecord } from '@dengta/evidence'
import type { RecordFilter } from '@dengta/ledger'
import { expect, test } from 'vitest'
import { passingLog } from '../gate/sample-records.fixture.ts'
import { scenarioView } from './scenario-view.ts'
import { ScenarioViews } from './scenario-views.ts'

/** A log that only grows, and that counts how often a whole scenario is read. */
function growingLog() {
  const log: LoggedRecord[] = []
  const reads: string[] = []
  const records = async ({ scenario, from = 0, limit }: RecordFilter = {}) => {
    if (scenario) reads.push(scenario)
    const found = log.filter(
      (each) => each.index >= from && (!scenario || each.statement.predicate.scenario === scenario),
    )
    return found.slice(0, limit)
  }
  return { log, reads, views: new ScenarioViews({ records }) }
}

test('a view is that of the records, and is recomputed only when its scenario gets another one', async () => {
  const all = passingLog().records
  const SCENARIO = all.find((each) => each.kind === 'scenario')?.statement.predicate.scenario ?? ''
  const { log, reads, views } = growingLog()
  log.push(...all.slice(0, -1))
  expect(await views.find(SCENARIO)).toEqual(scenarioView(log, SCENARIO))
  await Promise.all([views.all(), views.find(SCENARIO), views.all()])
  expect(reads).toEqual([SCENARIO])
  log.push(...all.slice(-1))
  expect(await views.all()).toEqual([scenarioView(all, SCENARIO)])
  expect(reads).toEqual([SCENARIO, SCENARIO])
  expect(await views.find('nowhere')).toBeUndefined()
})
