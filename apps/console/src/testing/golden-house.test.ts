import {
  benchmarkList,
  boardView,
  exportFile,
  health,
  logView,
  me,
  participantList,
  programme,
  recordList,
  recordView,
  scenarioList,
  scenarioView,
  submissionList,
  submissionView,
  trustRoot,
} from '@dengta/sdk'
import { expect, test } from 'vitest'
import { GOLDEN, GOLDEN_HOUSE } from './golden-house.ts'

test.each([
  ['/health', health],
  ['/me', me],
  ['/programme', programme],
  ['/participants', participantList],
  ['/scenarios', scenarioList],
  [`/scenarios/${GOLDEN.scenario}`, scenarioView],
  [`/scenarios/${GOLDEN.scenario}/export`, exportFile],
  ['/benchmarks', benchmarkList],
  [`/benchmarks/${GOLDEN.benchmark}/board`, boardView],
  [`/benchmarks/${GOLDEN.benchmark}/submissions`, submissionList],
  [`/submissions/${GOLDEN.submission}`, submissionView],
  [`/submissions/${GOLDEN.refused}`, submissionView],
  ['/records', recordList],
  [`/records/${GOLDEN.record}`, recordView],
  ['/log', logView],
  ['/trust', trustRoot],
])('the golden answer of %s fits the schema of today', (path, schema) => {
  expect(schema.safeParse(GOLDEN_HOUSE[path]).error).toBeUndefined()
})
