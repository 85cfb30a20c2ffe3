import { lockHome } from '@dengta/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EventSource, Intake } from '../../ingest/source.ts'
import { OPERATOR, type ThreatHouse } from '../threat-house.fixture.ts'
import { KeptSource } from './kept-source.ts'
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

test('sources that are refused as they are configured keep only themselves closed, and say why', async () => {
  await house.close()
  const beyond = { port: 0, host: '0.0.0.0' }
  house = await liveHouse({ tcp: { port: 0 }, http: beyond, syslog: { port: 0, senders: ['nobody'] } })
  const opened = await house.parts.open()
  expect(opened?.en).toMatch(
    /^events are taken in: tcp 127\.0\.0\.1:\d+; not open, and tried again: http 0\.0\.0\.0:0: /,
  )
  const { state, sources } = await flow()
  expect(state).toBe('running')
  expect(sources.map((each) => `${each.kind} ${each.state}`)).toEqual([
    ...['tcp open', 'http failed', 'syslog-tcp failed', 'syslog-udp failed'],
  ])
  expect(sources[2]?.reason?.zh).toContain('nobody')
})

test('a source that does not start lets go of what it holds, such as a socket, before it is tried again', async () => {
  const told: string[] = []
  const make = (): EventSource => ({
    start: () => Promise.reject(new Error('the port is taken')),
    stop: async () => void told.push('stop'),
    status: () => ({ kind: 'k', at: 'a', open: 0, faults: {} }),
  })
  const add = (source: EventSource) => source.start({} as Intake)
  const kept = new KeptSource({ kind: 'k', at: 'a', make }, { add, warn: (line) => told.push(line) })
  await kept.open()
  expect(told[0]).toBe('stop')
  expect(kept.reason?.en).toBe('it could not be opened (the port is taken); see that a is right and within reach')
  await kept.stop()
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
