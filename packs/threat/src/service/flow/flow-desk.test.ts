import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AlertPage, FlowView } from '@dengta/sdk'
import { houseRoot, lockHome, testStores } from '@dengta/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AUDITOR, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'
import { flowFolder, LIVE } from './live-flow.ts'

const EXAMPLE = join(houseRoot(), 'docs/guide/example/threat')
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

test('an open flow says where it takes events in; stopped, it lets go of ports and folder', async () => {
  const opened = await house.parts.open()
  const { state, sources } = await flow()
  expect(state).toBe('running')
  expect(opened?.en).toBe(`events are taken in: tcp ${sources[0]?.at}, http ${sources[1]?.at}`)
  await house.parts.close()
  await (await lockHome(liveFolder())).release()
  await expect(fetch(`http://${sources[1]?.at}/ingest`, { method: 'POST', body: '{}\n' })).rejects.toThrow()
})

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

test('syslog and files of a folder are sources of the house; own mappings say whose alerts these are', async () => {
  await house.close()
  const folder = mkdtempSync(join(tmpdir(), 'dengta-folder-'))
  copyFileSync(join(EXAMPLE, 'events/vpn.ndjson'), join(folder, 'vpn.ndjson'))
  const own = { rules: join(EXAMPLE, 'rules'), mappings: join(EXAMPLE, 'mapping') }
  house = await threatHouse(stores as NonNullable<typeof stores>, { ...own, syslog: { port: 0 }, folder })
  expect((await house.parts.open())?.en).toContain(`, files ${folder}`)
  const { sources } = await flow()
  expect(sources.map(({ kind }) => kind)).toEqual(['syslog-tcp', 'syslog-udp', 'files'])
  const [, port] = (sources[0]?.at ?? '').split(':')
  const socket = connect(Number(port), '127.0.0.1')
  socket.end('<38>Nov 22 08:00:00 web-1 sshd[7]: Failed password for root from 203.0.113.9 port 1 ssh2\n')
  await expect.poll(async () => (await flow()).totals.alerts, { timeout: 10_000 }).toBe(2)
  const { alerts } = await house.call<AlertPage>(AUDITOR, 'GET /alerts')
  expect(alerts.map(({ host }) => host).sort()).toEqual(['vpn-1', 'web-1'])
  rmSync(folder, { recursive: true })
})

test('a port that is taken opens nothing at all, and says which', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  await house.close()
  house = await threatHouse(stores as NonNullable<typeof stores>, { tcp: { port: 0 }, http: { port } })
  await expect(house.parts.open()).rejects.toThrow(`address already in use 127.0.0.1:${port}`)
  expect(await flow()).toMatchObject({ state: 'unopened', sources: [] })
  await (await lockHome(liveFolder())).release()
  taken.close()
})
