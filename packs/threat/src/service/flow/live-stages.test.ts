import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { describe, expect, test } from 'vitest'
import { StageChain } from '../../pipeline/stage/stage-chain.ts'
import { inTurns } from '../../pipeline/turns.ts'
import { untaught } from '../model/model-service.ts'
import { alertOf } from '../threat-house.fixture.ts'
import { stagesOf } from './live-flow.ts'

const MINUTE = 60_000
/** Of the sample rules: failed log-in, read only by the correlation of ten of one account in five minutes. */
const FAILED = { id: '6c0d2d0a-3f0f-4b39-9a31-0d5b0f6c1a03', title: 'Sample: login failed', level: 'low' }
const SOURCE = { path: join(houseRoot(), 'packs/threat/sample/rules') }

async function chainOf(live: boolean): Promise<StageChain> {
  const rules = { source: SOURCE, text: { en: '', zh: '' } }
  return new StageChain((await stagesOf({ network: 'n', model: untaught(), rules, live })).stages)
}

/** An event received at a minute of the test's day, and as old as said. */
const seen = (minute: number, old: number) => {
  const { receivedMs, ...alert } = alertOf(minute)
  return { ...alert, receivedMs, eventMs: receivedMs - old }
}

const start = alertOf(0).receivedMs
const at = (minute: number): number => start + minute * MINUTE

describe.each([
  ['of now', 0],
  ['eight hours old', 8 * 60 * MINUTE],
  ['of last year', 365 * 24 * 60 * MINUTE],
])('events %s', (_, old) => {
  test('a group is decided 31 minutes after its first alert, though nothing else comes', async () => {
    const chain = await chainOf(true)
    expect(await chain.push([seen(0, old)], at(0))).toEqual([])
    expect(chain.dueMs).toBe(at(31))
    expect(await chain.push([], at(31) - 1)).toEqual([])
    expect(await chain.push([], at(31))).toMatchObject([{ stage: 'triage', body: { kind: 'decision' } }])
  })

  test('a replay waits for its next alert or its end, whatever the clock says', async () => {
    const chain = await chainOf(false)
    await chain.push([seen(0, old)], at(0))
    expect(chain.dueMs).toBeUndefined()
    expect(await chain.push([], at(600))).toEqual([])
    expect(await chain.push([], Number.POSITIVE_INFINITY)).toMatchObject([{ body: { kind: 'decision' } }])
  })

  test('a burst that completes a correlation fires after a minute of silence', async () => {
    const chain = await chainOf(true)
    const burst = Array.from({ length: 10 }, (_, number) => ({
      ...seen(0, old),
      ...{ id: `a${number}`, line: number + 1, event: { User: 'eve', Result: 'failed' } },
      ...{ entities: { host: 'gw-1', account: 'other', addresses: ['203.0.113.9'] } },
      rule: { ...alertOf(0).rule, ...FAILED },
    }))
    expect(await chain.push(burst, at(0))).toEqual([])
    expect(chain.dueMs).toBe(at(1))
    expect(await chain.push([], at(1) - 1)).toEqual([])
    const [fired] = await chain.push([], at(1))
    const entities = { host: 'gw-1', account: 'eve', addresses: ['203.0.113.9'] }
    expect(fired).toMatchObject({ stage: 'correlation', body: { event: { User: 'eve' }, entities } })
    expect(chain.dueMs).toBe(at(31))
  })
})

test('groups are formed by what the mapping of an event names', async () => {
  const chain = await chainOf(true)
  const named = { host: 'gw-1', account: 'eve', addresses: ['203.0.113.9'] }
  await chain.push([{ ...seen(0, 0), entities: named }, seen(0, 0)], at(0))
  const decided = await chain.push([], at(31))
  expect(decided).toMatchObject([
    { body: { group: { host: 'gw-1', accounts: ['eve'], addresses: ['203.0.113.9'] } } },
    { body: { group: { host: 'web-1', accounts: [] } } },
  ])
})

test('what waits when the house stops is decided at the same time by the one that goes on', async () => {
  const chain = await chainOf(true)
  await chain.push([seen(0, 0)], at(0))
  const frozen = await inTurns(chain.freeze())
  const state = Buffer.concat((frozen && (await inTurns(frozen))) ?? [])
  const next = await chainOf(true)
  next.restore(state)
  expect(next.dueMs).toBe(at(31))
  expect(await next.push([], at(31))).toEqual(await chain.push([], at(31)))
})
