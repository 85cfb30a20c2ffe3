import { mkdirSync } from 'node:fs'
import type { FlowView } from '@dengta/sdk'
import { lockHome, testStores } from '@dengta/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AUDITOR, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'
import { flowFolder, LIVE } from './live-flow.ts'

const [stores] = testStores()
let house: ThreatHouse
beforeEach(async () => {
  house = await threatHouse(stores as NonNullable<typeof stores>, { http: { port: 0 }, tcp: { port: 0 } })
})
afterEach(() => house.close())

const flow = () => house.call<FlowView>(AUDITOR, 'GET /flow')
const liveFolder = () => {
  const folder = flowFolder(house.store.home, LIVE)
  mkdirSync(folder, { recursive: true })
  return folder
}

test('a stop while the flow still loads waits for it: nothing opens afterwards', async () => {
  const opening = house.parts.open()
  expect((await flow()).state).toBe('starting')
  await house.parts.close()
  expect(await opening).toBeUndefined()
  await (await lockHome(liveFolder())).release()
})

test('where another process holds the live folder, that is the reason that is given', async () => {
  const lock = await lockHome(liveFolder())
  await expect(house.parts.open()).rejects.toMatchObject({
    code: 'threat.flow_held',
    details: { folder: liveFolder(), pid: String(process.pid) },
  })
  const { state, text } = await flow()
  expect(state).toBe('unopened')
  expect(text.en).toContain(`another process (${process.pid}) holds the live folder`)
  await lock.release()
})
