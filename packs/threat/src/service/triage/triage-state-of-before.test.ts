import { expect, test } from 'vitest'
import { untaught } from '../model/model-service.ts'
import { listsOfBefore, wholeOfBefore } from './state-of-before.fixture.ts'
import type { TriageFinding } from './triage-finding.ts'
import { TriageStage } from './triage-stage.ts'

function restored(state: unknown, large?: Uint8Array): TriageStage {
  const stage = new TriageStage({ network: 'n', model: 'm', knowledge: untaught().knowledge })
  stage.restore(state, large)
  return stage
}

test.each([
  ['with its findings in lists', () => restored({}, listsOfBefore())],
  ['all in one', () => restored(wholeOfBefore())],
])('a state of before %s is taken up: incidents go on and tell once of all their groups', (_, stage) => {
  const told: TriageFinding[] = []
  stage().push({ kind: 'time', ms: Number.POSITIVE_INFINITY }, ({ body }) => told.push(body as TriageFinding))
  const [web, db] = told
  expect(told).toHaveLength(2)
  expect(web).toMatchObject({
    incident: { number: 0, state: 'closed', groups: 3, alerts: 3, score: 1, signature: 'scan', host: 'web' },
    added: [],
    grown: [{ number: 0 }, { number: 2 }, { number: 3 }],
  })
  expect(web).toMatchObject({ incident: { hosts: { names: ['web', 'mail'] }, techniques: { names: ['T1046'] } } })
  expect(db).toMatchObject({
    incident: { number: 1, state: 'closed', groups: 1, alerts: 7, level: 'high', host: 'db' },
    grown: [{ number: 1, alerts: 7 }],
  })
})
