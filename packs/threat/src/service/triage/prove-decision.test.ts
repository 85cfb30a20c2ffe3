import { checkDecision, type ExportFile, type GroupDetail, type ProvenDecision, proveDecision } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AUDITOR, alertOf, decisionOf, groupOf, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'
import { sealDecisions } from './seal-decisions.ts'

let house: ThreatHouse
let file: Uint8Array
let evidence: ExportFile
let record = ''

beforeAll(async () => {
  const [stores] = testStores()
  house = await threatHouse(stores as NonNullable<typeof stores>)
  const groups = [0, 1, 2, 3, 4].map((number) => groupOf(number))
  await house.step(
    groups.map((_, minute) => alertOf(minute)),
    groups.map((group) => decisionOf(group, 'close', -2)),
  )
  await sealDecisions(house, 'test')
  const id = 'group_test_3'
  const group = await house.call<GroupDetail>(AUDITOR, 'GET /triage/groups/:id', { params: { id } })
  record = group.decision.record ?? ''
  const params = { record }
  file = (await house.call<{ body: Uint8Array }>(AUDITOR, 'GET /triage/batches/:record', { params })).body
  evidence = await house.ledger.export('one batch', [record])
})
afterAll(() => house.close())

const failing = ({ report }: ProvenDecision) => report.checks.filter(({ ok }) => !ok).map(({ code }) => code)
/** No participants are registered in this house of one pack. */
const KNOWN = 'actors'

test('one decision is proven from the signed root of its batch, with no house at hand', () => {
  const proof = checkDecision({ group: 'group_test_3', record, action: 'close', evidence, file })
  expect(failing(proof).filter((code) => code !== KNOWN)).toEqual([])
  expect(proof).toMatchObject({ index: 3, size: 5 })
  expect(JSON.parse(proof.line)).toMatchObject({ id: 'group_test_3', decision: { action: 'close' } })
})

test('a changed file, another decision on the page, and a group that is not in it are found out', () => {
  const given = { group: 'group_test_3', record, action: 'close', evidence, file }
  expect(failing(checkDecision({ ...given, action: 'escalate' }))).toContain('shown')
  const forged = new TextEncoder().encode(new TextDecoder().decode(file).replace('"close"', '"escalate"'))
  expect(failing(checkDecision({ ...given, file: forged }))).toEqual(expect.arrayContaining(['file', 'line']))
  expect(failing(checkDecision({ ...given, group: 'group_test_9' }))).toEqual(expect.arrayContaining(['line', 'shown']))
})

test('a decision that is not sealed yet has no proof', async () => {
  await house.step([], [decisionOf(groupOf(7), 'close')])
  const getGroup = (id: string) => house.call<GroupDetail>(AUDITOR, 'GET /triage/groups/:id', { params: { id } })
  const nothing = () => Promise.reject(new TypeError('nothing more is fetched'))
  const client = { getGroup, exportRecord: nothing, downloadDecisions: nothing }
  expect(await proveDecision(client, 'group_test_7')).toBeUndefined()
})
