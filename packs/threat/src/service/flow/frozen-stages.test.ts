import { join } from 'node:path'
import { deserialize } from 'node:v8'
import { houseRoot } from '@dengta/store'
import { expect, test } from 'vitest'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'
import { StageChain } from '../../pipeline/stage/stage-chain.ts'
import { largeParts } from '../../pipeline/stage/stage-state.ts'
import { inTurns } from '../../pipeline/turns.ts'
import { untaught } from '../model/model-service.ts'
import { alertOf } from '../threat-house.fixture.ts'
import { readTriage } from '../triage/triage-state.ts'
import { correlationRules } from './correlation-rules.ts'
import { madeStages } from './live-flow.ts'

const FAILED = { id: '6c0d2d0a-3f0f-4b39-9a31-0d5b0f6c1a03', title: 'Sample: login failed', level: 'low' }
const rules = await correlationRules({ path: join(houseRoot(), 'packs/threat/sample/rules') })
/** What leaves in DNS names is counted under a key drawn anew for each chain, so it is left out of a comparison of bytes. */
const flowOf = () => {
  const { stages, know } = madeStages({ network: 'n', model: untaught(), live: true }, rules)
  return { chain: new StageChain(stages.filter(({ name }) => ['clock', 'correlation', 'triage'].includes(name))), know }
}
const chainOf = () => flowOf().chain
/** What a reload brings: the same correlations under other titles. */
const retitled = {
  ...rules,
  set: {
    ...rules.set,
    correlations: rules.set.correlations.map((each) => ({ ...each, title: `${each.title} again` })),
  },
}

interface Step {
  readonly alerts: readonly PipelineAlert[]
  readonly ms: number
}

/** Steps of a few alerts each: some read by a correlation, of few accounts and hosts, late and ahead of the clock. */
function stepsOf(seed: number, count: number): Step[] {
  let random = seed
  const below = (most: number): number => {
    random = (random * 48_271) % 2_147_483_647
    return random % most
  }
  return Array.from({ length: count }, (_, step) => {
    const { receivedMs } = alertOf(step)
    const alerts = Array.from({ length: 1 + below(6) }, (__, number): PipelineAlert => {
      const { rule, ...alert } = alertOf(step, { host: `web-${below(9)}`, title: `Rule ${below(5)}` })
      const place = { id: `${seed}-${step}-${number}`, line: 10 * step + number + 1 }
      const eventMs = receivedMs + (below(20) === 0 ? 9e11 : -below(90_000))
      const failed = { event: { User: `u${below(5) && 1}`, Result: 'failed' }, rule: { ...rule, ...FAILED } }
      return { ...alert, ...place, eventMs, rule, ...(below(4) > 0 ? failed : {}) }
    })
    return { alerts, ms: receivedMs + 30_000 }
  })
}

/** `v8.serialize` may write equal numbers in two ways, so what it wrote is compared by what it says. */
function contentOf(state: Uint8Array): unknown {
  const large = largeParts(state)
  const triage = readTriage(large.get('triage') as Uint8Array)
  const correlation = Buffer.from(large.get('correlation') ?? []).toString('base64')
  return { small: deserialize(state), correlation, triage, parts: [...large.keys()] }
}

test.each([1, 2, 3, 4, 5])(
  'what is written while events go on is the state of the moment of the freeze, seed %i',
  async (seed) => {
    const steps = stepsOf(seed, 200)
    const half = steps.slice(0, 100)
    const [running, still] = [chainOf(), chainOf()]
    for (const chain of [running, still]) for (const { alerts, ms } of half) await chain.push(alerts, ms)
    const frozenStill = await inTurns(still.freeze())
    const state = Buffer.concat((frozenStill && (await inTurns(frozenStill))) ?? [])
    const work = await inTurns(running.freeze())
    if (!work) throw new Error('a stage could not say its state')
    let written = work.next()
    const findings = []
    for (const { alerts, ms } of steps.slice(100)) {
      findings.push(...(await running.push(alerts, ms)))
      if (!written.done) written = work.next()
    }
    while (!written.done) written = work.next()
    expect(contentOf(Buffer.concat(written.value ?? []))).toEqual(contentOf(state))
    const restored = chainOf()
    restored.restore(state)
    const again = []
    for (const { alerts, ms } of steps.slice(100)) again.push(...(await restored.push(alerts, ms)))
    expect(again).toEqual(findings)
    expect(new Set(findings.map(({ stage }) => stage))).toEqual(new Set(['correlation', 'triage']))
  },
)

test('a flow that was restored takes up a reload as one that went on, beside the writing of its state', async () => {
  const steps = stepsOf(6, 200)
  const [running, still] = [flowOf(), chainOf()]
  for (const chain of [running.chain, still])
    for (const { alerts, ms } of steps.slice(0, 100)) await chain.push(alerts, ms)
  const [work, frozenStill] = [await inTurns(running.chain.freeze()), await inTurns(still.freeze())]
  if (!work || !frozenStill) throw new Error('a stage could not say its state')
  const state = Buffer.concat((await inTurns(frozenStill)) ?? [])
  running.know(retitled)
  const restored = flowOf()
  restored.chain.restore(state)
  restored.know(retitled)
  const findings = []
  const again = []
  for (const { alerts, ms } of steps.slice(100)) {
    work.next()
    findings.push(...(await running.chain.push(alerts, ms)))
    again.push(...(await restored.chain.push(alerts, ms)))
  }
  expect(again).toEqual(findings)
  const titles = findings.flatMap(({ stage, body }) =>
    stage === 'correlation' ? (body as PipelineAlert).rule.title : [],
  )
  expect(titles.length).toBeGreaterThan(0)
  for (const title of titles) expect(title).toMatch(/ again$/)
})

test('what was written beside a reload is the state of before it', async () => {
  const [running, still] = [flowOf(), chainOf()]
  for (const chain of [running.chain, still]) for (const { alerts, ms } of stepsOf(7, 60)) await chain.push(alerts, ms)
  const [work, frozenStill] = [await inTurns(running.chain.freeze()), await inTurns(still.freeze())]
  running.know({ ...rules, set: { ...rules.set, correlations: [] } })
  await running.chain.push([], stepsOf(7, 61).at(-1)?.ms ?? 0)
  expect(running.chain.faults).toEqual({})
  const [written, before] = [work && (await inTurns(work)), frozenStill && (await inTurns(frozenStill))]
  expect(contentOf(Buffer.concat(written ?? []))).toEqual(contentOf(Buffer.concat(before ?? [])))
})
