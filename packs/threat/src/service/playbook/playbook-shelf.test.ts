import type { PlaybookDetail, PlaybookLint, PlaybookList } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { playbookId } from '../actuator/actuator.fixture.ts'
import type { ThreatTables } from '../tables.ts'
import { ANN, AUDITOR, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

describe.each(testStores())('playbooks that people bring, $name', (stores) => {
  let house: ThreatHouse
  let isolate: string
  const ownId = playbookId('isolate-host').replace(/.$/, 'e')

  beforeAll(async () => {
    house = await threatHouse(stores)
    const params = { id: playbookId('isolate-host') }
    const file = await house.call<{ body: string }>(AUDITOR, 'GET /playbooks/:id/file', { params })
    isolate = file.body.replaceAll(playbookId('isolate-host'), ownId)
  })
  afterAll(() => house.close())

  const bad = () => isolate.replace('"approval":"lead"', '"approval":"boss"')
  const bring = (text: string) => house.call<PlaybookDetail>(ANN, 'POST /playbooks', { body: bytesOf(text) })
  const list = async () => (await house.call<PlaybookList>(AUDITOR, 'GET /playbooks')).playbooks

  test('one whose policy cannot be followed is refused before it is kept, and the lint says where', async () => {
    await expect(bring(bad())).rejects.toMatchObject({ code: 'threat_respond.bad_policy' })
    expect((await list()).map(({ from }) => from)).toEqual(['house', 'house', 'house', 'house'])
    const lint = await house.call<PlaybookLint>(AUDITOR, 'POST /playbooks/lint', { body: bytesOf(bad()) })
    expect(lint).toMatchObject({ ok: false, faults: [{ path: expect.stringContaining('workflow') }] })
  })

  test('one that a house of before has kept is shown with what is wrong, may not be run, and hides no other', async () => {
    const { modified } = JSON.parse(isolate) as { modified: string }
    const row = { id: ownId, modified, body: bad(), imported_by: 'ann', imported_at: house.clock.now() }
    await house.store.db<ThreatTables>().insertInto('threat_playbooks').values(row).execute()
    expect(await list()).toHaveLength(5)
    const detail = await house.call<PlaybookDetail>(AUDITOR, 'GET /playbooks/:id', { params: { id: ownId } })
    expect(detail).toMatchObject({ usable: false, faults: [{}] })
    expect(detail.why?.zh).toContain('请修正剧本')
    const body = { playbook: ownId, inputs: { __host__: 'web-1' }, reason: 'x' }
    await expect(house.call(ANN, 'POST /runs', { body })).rejects.toMatchObject({ code: 'threat_respond.bad_policy' })
  })

  test('a file that is no text is refused in words', async () => {
    const body = (async function* () {
      yield Uint8Array.of(0x7b, 0xff, 0x7d)
    })()
    const refused = { code: 'threat.not_text', kind: 'invalid' }
    await expect(house.call(ANN, 'POST /playbooks', { body })).rejects.toMatchObject(refused)
  })

  test('the same file is kept once, and no other takes the place of one of the house', async () => {
    const params = { id: playbookId('isolate-host') }
    const { body } = await house.call<{ body: string }>(AUDITOR, 'GET /playbooks/:id/file', { params })
    expect((await bring(body)).from).toBe('house')
    const forged = bring(body.replace('"name":"', '"name":"Not '))
    await expect(forged).rejects.toMatchObject({ code: 'threat.playbook_exists' })
    expect((await house.call<PlaybookDetail>(AUDITOR, 'GET /playbooks/:id', { params })).from).toBe('house')
  })

  test('the newest version is the one that is shown', async () => {
    const later = isolate.replace(/"modified":"[^"]+"/, '"modified":"2026-11-22T07:59:00.000Z"')
    expect(await bring(later)).toMatchObject({ modified: '2026-11-22T07:59:00.000Z', usable: true })
    expect((await list()).filter(({ id }) => id === ownId)).toMatchObject([{ usable: true }])
  })
})
