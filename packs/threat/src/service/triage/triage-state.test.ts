import { describe, expect, test } from 'vitest'
import { atOnce, COPY_STEP, copied } from '../../group/in-steps.ts'
import { takenUp } from '../../triage/saved-case.ts'
import type { TriageState } from '../../triage/triage.ts'
import { untaught } from '../model/model-service.ts'
import { alertOf } from '../threat-house.fixture.ts'
import { FULL, type Fullness, triageStateOf } from './full-triage.fixture.ts'
import type { TriageFinding } from './triage-finding.ts'
import { TriageStage } from './triage-stage.ts'
import { readTriage, WRITE_STEP, writeTriage } from './triage-state.ts'

const SMALL: Fullness = { cases: 700, watched: 300, open: 600, keys: 400, around: 9, findings: 5 }
const stageWith = (size: Fullness): TriageStage => {
  const stage = new TriageStage({ network: 'n', model: 'm', knowledge: untaught().knowledge, live: true })
  stage.restore(triageStateOf(size))
  return stage
}
const joined = (pieces: readonly Uint8Array[]): Uint8Array => Buffer.concat(pieces)
const frozen = (stage: TriageStage): Uint8Array => joined(atOnce(atOnce(stage.freeze())))

/** Cases with runs, and scores in the window, whichever way they were written. */
function plain({ cases, watch, scores = [] }: TriageState) {
  const byNumber = new Map(scores)
  const window = watch.window.map(({ facts, score, ...rest }) => {
    return { ...rest, facts: Array.from(facts ?? []), score: score ?? byNumber.get(rest.group.number) }
  })
  return { cases: takenUp(cases), watch: { ...watch, window } }
}

/** Steps, and what the work answers. */
function counted<T>(work: Generator<void, T>): { readonly steps: number; readonly value: T } {
  let steps = 1
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return { steps, value: step.value }
    steps += 1
  }
}

test('a state of before, all in one, is taken up and written apart', () => {
  const stage = stageWith(SMALL)
  const { triage, book } = readTriage(frozen(stage))
  const { triage: before, book: bookBefore } = triageStateOf(SMALL)
  expect(plain(triage)).toEqual(plain(before))
  expect(book).toEqual(bookBefore)
  const restored = stageWith({ ...SMALL, open: 300 })
  restored.restore(stage.save(), frozen(stage))
  expect(readTriage(frozen(restored))).toEqual({ triage, book })
  expect(restored.save()).toEqual(stage.save())
})

test('an incident, the window and what is open go on holding one and the same group', () => {
  const state = triageStateOf({ ...SMALL, findings: SMALL.open })
  const { triage, book } = readTriage(joined(atOnce(writeTriage(state))))
  const { grouper, window } = triage.watch
  expect(grouper.open).toHaveLength(SMALL.open)
  for (const [at, { group }] of (book.live[0]?.recent ?? []).entries()) expect(group).toBe(grouper.open[at])
  for (const [at, { group }] of window.entries()) expect(group).toBe(grouper.open[SMALL.open - SMALL.watched + at])
})

test('after a restart an incident goes on counting later alerts of its groups', () => {
  const knowledge = untaught().knowledge
  const [stage, restored] = [0, 1].map(() => new TriageStage({ network: 'n', model: 'm', knowledge })) as [
    TriageStage,
    TriageStage,
  ]
  stage.restore(triageStateOf({ ...SMALL, watched: 0 }))
  restored.restore(stage.save(), frozen(stage))
  const { group } = triageStateOf(SMALL).book.live[0]?.recent[0] ?? {}
  if (!group) throw new Error('an incident with a group is expected')
  const alert = alertOf(0, { host: group.host, title: group.signature, eventMs: group.last + 60_000 })
  restored.push({ kind: 'alert', alert }, () => undefined)
  const findings: TriageFinding[] = []
  restored.push({ kind: 'time', ms: Number.POSITIVE_INFINITY }, ({ body }) => findings.push(body as TriageFinding))
  expect(findings.filter(({ kind }) => kind === 'incident')).toMatchObject([
    { incident: { state: 'closed', groups: 5, alerts: 5 * 3 + 1 }, grown: [{ alerts: group.alerts + 1 }] },
  ])
})

test('what an incident holds of groups that are over stays whole', () => {
  const state = triageStateOf(SMALL)
  const { triage } = state
  const over = { ...triage.watch, grouper: { next: SMALL.open, open: [] }, window: [] }
  const { book } = readTriage(joined(atOnce(writeTriage({ ...state, triage: { ...triage, watch: over } }))))
  expect(book).toEqual(state.book)
})

test('a step of a copy is a bounded count of items', () => {
  let inStep = 0
  let most = 0
  const work = copied(Array(5000).keys(), (item) => {
    inStep += 1
    most = Math.max(most, inStep)
    return item
  })
  for (let step = work.next(); !step.done; step = work.next()) inStep = 0
  expect(most).toBe(COPY_STEP)
})

describe('at full size', () => {
  const { cases, watched, open, keys, findings } = FULL
  const items = cases + watched + open + 3 * keys + findings
  const stage = stageWith(FULL)

  test('what is saved at once is small, and copying and writing come in steps', () => {
    expect(JSON.stringify(stage.save()).length).toBeLessThan(200)
    const copy = counted(stage.freeze())
    expect(copy.steps).toBeGreaterThanOrEqual(Math.floor(items / COPY_STEP) - 10)
    const { steps, value } = counted(copy.value)
    expect(steps).toBeGreaterThanOrEqual(Math.floor(items / WRITE_STEP))
    expect(Math.max(...value.map(({ length }) => length))).toBeLessThan(200_000)
  })

  test('cases whose runs late groups have torn share a step with few others', () => {
    const state = triageStateOf({ ...SMALL, cases: 100 })
    const runs = Array.from({ length: 4000 }, (_, at) => 2 * at + (at % 2))
    const heavy = { ...state.triage, cases: takenUp(state.triage.cases).map((it) => ({ ...it, runs })) }
    const pieces = atOnce(writeTriage({ ...state, triage: heavy }))
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(500_000)
  })
})
