import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AlertPage } from '@dengta/sdk'
import { houseRoot, lockHome } from '@dengta/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hasNats, makeStream, NatsServer, natsNote, publish } from '../../ingest/nats/nats-server.fixture.ts'
import { AUDITOR, type ThreatHouse } from '../threat-house.fixture.ts'
import { flowOf, liveFolder, liveHouse } from './live-house.fixture.ts'

const EXAMPLE = join(houseRoot(), 'docs/guide/example/threat')
let house: ThreatHouse
beforeEach(async () => {
  house = await liveHouse()
})
afterEach(() => house.close())

const flow = () => flowOf(house)

test('an open flow says where it takes events in; stopped, it lets go of ports and folder', async () => {
  const opened = await house.parts.open()
  const { state, sources } = await flow()
  expect(state).toBe('running')
  expect(opened?.en).toBe(`events are taken in: tcp ${sources[0]?.at}, http ${sources[1]?.at}`)
  await house.parts.close()
  await (await lockHome(liveFolder(house))).release()
  await expect(fetch(`http://${sources[1]?.at}/ingest`, { method: 'POST', body: '{}\n' })).rejects.toThrow()
})

test('syslog and files of a folder are sources of the house; own mappings say whose alerts these are', async () => {
  await house.close()
  const folder = mkdtempSync(join(tmpdir(), 'dengta-folder-'))
  copyFileSync(join(EXAMPLE, 'events/vpn.ndjson'), join(folder, 'vpn.ndjson'))
  const own = { rules: join(EXAMPLE, 'rules'), mappings: join(EXAMPLE, 'mapping') }
  house = await liveHouse({ ...own, syslog: { port: 0 }, folder })
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

test('a port that is taken keeps only its own source closed, says so, and is tried again', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const at = `127.0.0.1:${port}`
  await house.close()
  house = await liveHouse({ tcp: { port: 0 }, http: { port } })
  expect((await house.parts.open())?.en).toMatch(
    /^events are taken in: tcp 127\.0\.0\.1:\d+; not open, and tried again: http /,
  )
  const { state, sources } = await flow()
  expect(state).toBe('running')
  expect(sources).toMatchObject([
    { kind: 'tcp', state: 'open' },
    {
      kind: 'http',
      at,
      state: 'failed',
      reason: {
        en: `the address ${at} is taken by another program (address already in use); end that one, or set another port`,
      },
    },
  ])
  expect(sources[1]?.reason?.zh).toContain(`地址 ${at} 已被其他程序占用`)
  taken.close()
  await expect.poll(async () => (await flow()).sources[1]?.state, { timeout: 10_000 }).toBe('open')
  expect((await fetch(`http://${at}/ingest`, { method: 'POST', body: '{}\n' })).status).toBe(200)
})

test('where no source opens the flow says why, and a stop ends the tries', async () => {
  await house.close()
  const folder = join(tmpdir(), `dengta-none-${process.pid}`)
  house = await liveHouse({ folder })
  expect((await house.parts.open())?.zh).toBe(
    `尚未接收事件；未能接入，正在重试：files ${folder}: 目录 ${folder} 不存在；请创建`,
  )
  expect(await flow()).toMatchObject({ state: 'unopened', sources: [{ kind: 'files', state: 'failed' }] })
  await house.parts.close()
  await (await lockHome(liveFolder(house))).release()
})

test.runIf(hasNats)(
  `NATS that is down at the start holds up nobody, and its events come once it is there${natsNote}`,
  async () => {
    await house.close()
    const folder = mkdtempSync(join(tmpdir(), 'dengta-nats-'))
    const server = new NatsServer(folder)
    await server.start()
    const connection = await makeStream(server.url)
    await publish(connection, ['{"a":1}', '{"a":2}'])
    await connection.close()
    await server.kill()
    const nats = { servers: server.url, stream: 'events', consumer: 'dengta' }
    house = await liveHouse({ http: { port: 0 }, nats })
    expect((await house.parts.open())?.en).toContain('not open, and tried again: nats events dengta: ')
    const { sources } = await flow()
    expect(sources.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['http open', 'nats failed'])
    await fetch(`http://${sources[0]?.at}/ingest`, { method: 'POST', body: '{}\n' })
    await server.start()
    await expect.poll(async () => (await flow()).totals.evaluated, { timeout: 10_000 }).toBe(3)
    expect((await flow()).sources[1]).toMatchObject({ state: 'open', open: 1 })
    await house.parts.close()
    await server.kill()
    rmSync(folder, { recursive: true })
  },
  20_000,
)

test('an alert ahead of the clock is said with the name of its sender', async () => {
  await house.parts.open()
  const at = (await flow()).sources[1]?.at
  const event = {
    _product: 'linux',
    _category: 'process_creation',
    '@timestamp': '2099-01-01T00:00:00Z',
    Computer: 'plc-7',
  }
  const fires = { ...event, Image: '/bin/sh', ParentImage: '/usr/sbin/nginx', CommandLine: 'sh' }
  const headers = { 'dengta-stream': 'line-4', 'dengta-position': '0' }
  await fetch(`http://${at}/ingest`, { method: 'POST', body: `${JSON.stringify(fires)}\n`, headers })
  await expect.poll(async () => (await flow()).totals.alerts, { timeout: 10_000 }).toBe(1)
  const { notices } = await flow()
  expect(notices).toHaveLength(1)
  expect(notices[0]?.text.en).toMatch(/^1 alert of .*line-4 carries a time more than 5 minutes ahead of receipt/)
})
