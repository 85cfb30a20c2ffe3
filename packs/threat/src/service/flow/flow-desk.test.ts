import { lockHome } from '@dengta/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { OPERATOR, type ThreatHouse } from '../threat-house.fixture.ts'
import { flowOf, liveFolder, liveHouse } from './live-house.fixture.ts'

let house: ThreatHouse
beforeEach(async () => {
  house = await liveHouse()
})
afterEach(() => house.close())

const flow = () => flowOf(house)

test('a stop while the flow still loads waits for it: nothing opens afterwards', async () => {
  const opening = house.parts.open()
  expect((await flow()).state).toBe('starting')
  await house.parts.close()
  expect(await opening).toBeUndefined()
  await (await lockHome(liveFolder(house))).release()
})

test('rules that are loaded again while the flow still loads reach it: the answer waits until they are in force', async () => {
  const opening = house.parts.open()
  expect((await flow()).state).toBe('starting')
  await house.call(OPERATOR, 'POST /rule-set/reload')
  expect((await flow()).state).toBe('running')
  await opening
})

test('where another process holds the live folder, that is the reason that is given', async () => {
  const lock = await lockHome(liveFolder(house))
  await expect(house.parts.open()).rejects.toMatchObject({
    code: 'threat.flow_held',
    details: { folder: liveFolder(house), pid: String(process.pid) },
  })
  const { state, text } = await flow()
  expect(state).toBe('unopened')
  expect(text.en).toContain(`another process (${process.pid}) holds the live folder`)
  await lock.release()
})
