import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { afterAll, describe, expect, test } from 'vitest'
import { atOnce } from '../../group/in-steps.ts'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'
import { StageChain } from '../../pipeline/stage/stage-chain.ts'
import { inTurns } from '../../pipeline/turns.ts'
import { untaught } from '../model/model-service.ts'
import { alertOf } from '../threat-house.fixture.ts'
import { type CorrelationRules, correlationRules } from './correlation-rules.ts'
import { CorrelationStage } from './correlation-stage.ts'
import { readCorrelation } from './correlation-state.ts'
import { madeStages } from './live-flow.ts'

const MINUTE = 60_000
/** Of the sample rules: failed log-in, read only by the correlation of ten of one account in five minutes. */
const FAILED = { id: '6c0d2d0a-3f0f-4b39-9a31-0d5b0f6c1a03', title: 'Sample: login failed', level: 'low' }
const SOURCE = { path: join(houseRoot(), 'packs/threat/sample/rules') }

let sample: Promise<CorrelationRules> | undefined

async function chainOf(live: boolean, aheadMs?: number): Promise<StageChain> {
  const bound = aheadMs === undefined ? {} : { aheadMs }
  sample ??= correlationRules(SOURCE)
  return new StageChain(madeStages({ network: 'n', model: untaught(), live, ...bound }, await sample).stages)
}

/** An event received at a minute of the test's day, and as old as said. */
const seen = (minute: number, old: number) => {
  const { receivedMs, ...alert } = alertOf(minute)
  return { ...alert, receivedMs, eventMs: receivedMs - old }
}

const start = alertOf(0).receivedMs
const at = (minute: number): number => start + minute * MINUTE

/** Ids of the alerts that ten failed log-ins of one account lead to, received at a minute. */
async function firedAt(minute: number): Promise<readonly string[]> {
  const chain = await chainOf(true)
  const burst = Array.from({ length: 10 }, (_, number) => ({
    ...{ ...seen(minute, 0), id: `a${number}`, line: number + 1, event: { User: 'eve', Result: 'failed' } },
    rule: { ...alertOf(0).rule, ...FAILED },
  }))
  await chain.push(burst, at(minute))
  const found = await chain.push([], at(minute + 1))
  return found.filter(({ stage }) => stage === 'correlation').map(({ body }) => (body as PipelineAlert).id)
}

test('alerts of correlations are named by what completed them: alike when it is seen again, unlike those of another flow', async () => {
  const [ids, again, others] = [await firedAt(0), await firedAt(0), await firedAt(5)]
  expect(ids).toHaveLength(1)
  expect(again).toEqual(ids)
  expect(others).toHaveLength(1)
  expect(others).not.toEqual(ids)
})

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

test('places of events that had their turn are not kept, and what fires late still stands at its own', async () => {
  const { set, formats } = await correlationRules(SOURCE)
  const stage = new CorrelationStage(set, { formats, live: true })
  const fired: PipelineAlert[] = []
  const entities = { host: 'gw-1', account: 'eve', addresses: [] }
  for (let second = 0; second < 6000; second += 1) {
    const ms = start + second * 1000
    const User = second < 5985 ? `user-${second}` : 'eve'
    const alert = { ...seen(0, 0), id: `a${second}`, line: second + 1, eventMs: ms, receivedMs: ms, entities }
    const rule = { ...alert.rule, ...FAILED }
    const event = { User, Result: 'failed' }
    stage.push({ kind: 'alert', alert: { ...alert, rule, event } }, ({ body }) => fired.push(body as PipelineAlert))
  }
  stage.push({ kind: 'time', ms: start + 7000 * 1000 }, ({ body }) => fired.push(body as PipelineAlert))
  expect(fired[0]).toMatchObject({ line: 5995, eventMs: start + 5994_000, event: { User: 'eve' } })
  const written = atOnce(atOnce(stage.freeze()))
  expect(readCorrelation(Buffer.concat(written)).places.size).toBeLessThan(1200)
})

describe('one alert of the year 2099', () => {
  const FUTURE = Date.parse('2099-01-01T00:00:00Z')
  const burst = (minute: number) =>
    Array.from({ length: 10 }, (_, number) => ({
      ...seen(minute, 0),
      ...{ id: `a${minute}-${number}`, line: 100 * minute + number + 1, event: { User: 'eve', Result: 'failed' } },
      rule: { ...alertOf(0).rule, ...FAILED },
    }))

  test('is itself decided at the time of its receipt, and makes nothing late that follows', async () => {
    const chain = await chainOf(true)
    await chain.push([{ ...seen(0, 0), eventMs: FUTURE, file: 'tcp plc-7' }], at(0))
    await chain.push([seen(1, 0), ...burst(1)], at(1))
    expect(chain.dueMs).toBe(at(2))
    expect(await chain.push([], at(2))).toMatchObject([{ stage: 'correlation' }])
    const decided = await chain.push([], at(33))
    expect(decided).toMatchObject([{ body: { kind: 'decision' } }, { body: { kind: 'decision' } }])
    expect(decided.map(({ body }) => (body as { group: { first: number } }).group.first)).toEqual([at(0), at(1)])
  })

  test('that completes a correlation is not correlated', async () => {
    const chain = await chainOf(true)
    const [last, ...others] = burst(0)
    await chain.push([...others, { ...(last as (typeof others)[number]), eventMs: FUTURE }], at(0))
    expect(await chain.push([], at(5))).toEqual([])
  })

  test('in a replayed log keeps its own time', async () => {
    const chain = await chainOf(false)
    await chain.push([{ ...seen(0, 0), eventMs: FUTURE }], at(0))
    const decided = await chain.push([], Number.POSITIVE_INFINITY)
    expect(decided).toMatchObject([{ body: { group: { first: FUTURE } } }])
  })

  test('that led a flow away before there was a bound: the flow heals with what comes next', async () => {
    const led = await chainOf(true, 100 * 365 * 24 * 60 * MINUTE)
    await led.push(
      [{ ...seen(0, 0), eventMs: FUTURE }, ...burst(0).map((each) => ({ ...each, eventMs: FUTURE }))],
      at(0),
    )
    const chain = await chainOf(true)
    chain.restore(await stateOf(led))
    await chain.push([seen(10, 0), ...burst(10)], at(10))
    expect(chain.dueMs).toBe(at(11))
    expect(await chain.push([], at(11))).toMatchObject([{ stage: 'correlation' }])
    const decided = await chain.push([], at(42))
    expect(decided.length).toBeGreaterThanOrEqual(2)
    for (const { body } of decided) expect((body as { group: { first: number } }).group.first).toBeLessThan(at(42))
    expect(chain.dueMs ?? at(43)).toBeGreaterThan(at(42))
  })
})

async function stateOf(chain: StageChain): Promise<Uint8Array> {
  const frozen = await inTurns(chain.freeze())
  return Buffer.concat((frozen && (await inTurns(frozen))) ?? [])
}

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
  const next = await chainOf(true)
  next.restore(await stateOf(chain))
  expect(next.dueMs).toBe(at(31))
  expect(await next.push([], at(31))).toEqual(await chain.push([], at(31)))
})

describe('another rule set with other mappings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dengta-reload-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const rules = (least: number) => `title: Failed
id: failed
logsource: {product: own}
detection: {s: {Result: failed}, condition: s}
---
title: Many
id: many
correlation: {type: event_count, rules: [failed], group-by: [User], timespan: 5m, condition: {gte: ${least}}}
`
  const mapping = (user: string) => `format: own
has: [who]
fields: {User: [${user}]}
source: {product: {is: own}}
`
  const failed = (line: number, event: object) => ({
    ...seen(0, 0),
    ...{ id: `f${line}`, line, event: { ...event, Result: 'failed' } },
    rule: { ...alertOf(0).rule, id: 'failed', title: 'Failed' },
  })
  const write = (least: number, user: string) => {
    for (const each of ['rules', 'forms']) mkdirSync(join(folder, each), { recursive: true })
    writeFileSync(join(folder, 'rules', 'rules.yml'), rules(least))
    writeFileSync(join(folder, 'forms', '00-own.yml'), mapping(user))
  }

  test('correlation goes on by them: new names of fields, kept windows, new bounds', async () => {
    const source = { path: join(folder, 'rules'), mappings: join(folder, 'forms') }
    write(3, 'who')
    const made = madeStages({ network: 'n', model: untaught(), live: true }, await correlationRules(source))
    const chain = new StageChain(made.stages)
    await chain.push([failed(1, { who: 'eve' }), failed(2, { who: 'eve' })], at(0))
    write(3, 'person')
    made.know(await correlationRules(source))
    expect(await chain.push([failed(3, { who: '-', person: 'eve' })], at(0))).toEqual([])
    const fired = await chain.push([], at(1))
    expect(fired).toMatchObject([{ stage: 'correlation', body: { event: { User: 'eve' } } }])
    write(1, 'person')
    made.know(await correlationRules(source))
    await chain.push([{ ...failed(4, { who: '-', person: 'bob' }), eventMs: at(2), receivedMs: at(2) }], at(2))
    expect(await chain.push([], at(3))).toMatchObject([{ body: { event: { User: 'bob' } } }])
    expect([...made.silent]).toContain('failed')
  })

  test('rules that cannot be read are refused with their place', async () => {
    await expect(correlationRules({ path: join(folder, 'none') })).rejects.toMatchObject({
      code: 'threat_pipeline.rules_refused',
    })
  })
})
