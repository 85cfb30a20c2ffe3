import { serialize } from 'node:v8'
import { expect, test } from 'vitest'
import { atOnce } from '../../group/in-steps.ts'
import { StageChain } from '../../pipeline/stage/stage-chain.ts'
import type { Disposition } from '../../triage/case.ts'
import { learn } from '../../triage/triage.ts'
import { alertOf } from '../threat-house.fixture.ts'
import { FULL, type Fullness, triageStateOf } from '../triage/full-triage.fixture.ts'
import { TRIAGE } from '../triage/triage-finding.ts'
import { TriageStage } from '../triage/triage-stage.ts'
import { siteOf } from './judged-flow.ts'
import { untaught } from './model-service.ts'

const SMALL: Fullness = { ...FULL, cases: 40, watched: 20, open: 60, keys: 10, around: 9, findings: 3 }
const MINUTE = 60_000

/** What a checkpoint of this stage holds. */
function checkpointOf(stage: TriageStage): Uint8Array {
  const pieces = atOnce(atOnce(new StageChain([stage]).freeze())!)
  return Buffer.concat(pieces!)
}

/** A live flow that decided some groups and still waits for others. */
function liveStage(): TriageStage {
  const stage = new TriageStage({ network: 'n', model: 'm', knowledge: untaught().knowledge })
  for (let at = 0; at < 60; at += 1) {
    const times = { eventMs: at * MINUTE, receivedMs: at * MINUTE }
    stage.push(
      { kind: 'alert', alert: alertOf(at, { host: `host ${at}`, title: `rule ${at % 3}`, ...times }) },
      () => {},
    )
  }
  return stage
}

const verdicts = new Map<number, Disposition>([
  [0, { verdict: 'attack', file: 'scan' }],
  [1, { verdict: 'benign' }],
])

test('the cases of a checkpoint of today come with their verdicts, and are learnt from while groups still wait', () => {
  const stage = liveStage()
  const { cases } = stage.site()
  const site = siteOf({ name: 'live', checkpoint: checkpointOf(stage), verdicts })
  expect(cases.length).toBeGreaterThan(20)
  expect(site).toEqual({ name: 'live', cases: cases.map((it) => ({ ...it, disposition: verdicts.get(it.number) })) })
  expect(Math.max(...site.cases.map(({ runs }, own) => own + (runs.at(-1) ?? 0)))).toBeGreaterThan(cases.length)
  expect(learn([site, { ...site, name: 'other' }]).model.priors.all).toEqual({ attacks: 2, cases: 4 })
})

test('a checkpoint of before there were large parts is read, its lists of places as runs', () => {
  const checkpoint = serialize({ [TRIAGE]: triageStateOf(SMALL) })
  const { cases } = siteOf({ name: 'old', checkpoint, verdicts })
  expect(cases).toHaveLength(SMALL.cases)
  expect(cases[0]).toMatchObject({ runs: [], disposition: { verdict: 'attack', file: 'scan' } })
  expect(cases[30]).toMatchObject({ runs: [-9, 0], disposition: undefined })
})

test('a checkpoint without triage has no cases', () => {
  expect(siteOf({ name: 'bare', checkpoint: serialize({}), verdicts })).toEqual({ name: 'bare', cases: [] })
})
