import { describe, expect, test } from 'vitest'
import type { SeenAlert } from '../group/seen-alert.ts'
import type { Case } from './case.ts'
import { PlainTriage } from './plain-triage.fixture.ts'
import { randomAlerts, randomOptions } from './random-stream.fixture.ts'
import { eachPlace } from './runs.ts'
import type { SavedCase } from './saved-case.ts'
import { judgedSite } from './site.fixture.ts'
import { type Decided, learn, Triage, type TriageState } from './triage.ts'

const SEEDS = Array.from({ length: 8 }, (_, at) => at)
const sites = [0, 31].map((shift) => judgedSite(`site ${shift}`, shift, learn([])))
const knowledge = learn(sites)

function plainOf(alerts: readonly SeenAlert[], seed: number): PlainTriage {
  const plain = new PlainTriage(knowledge.model, randomOptions(seed))
  for (const alert of alerts) plain.add(alert)
  plain.advance(Number.POSITIVE_INFINITY)
  return plain
}

function run(triage: Triage, alerts: readonly SeenAlert[]): Decided[] {
  return alerts.flatMap((alert) => triage.add(alert))
}

/** Numbers of the groups around a case, by its runs. */
function aroundOf(cases: readonly Case[], own: number): number[] {
  const numbers: number[] = []
  eachPlace(cases[own]!.runs, { own, count: cases.length }, (place) => numbers.push(cases[place]!.number))
  return numbers
}

/** The state as it was written before there were runs, and before scores were kept in the window. */
function asBefore({ watch, cases }: TriageState): TriageState {
  const window = watch.window.map(({ score: _, ...rest }) => rest)
  const scores = watch.window.flatMap(({ group, score }) =>
    score === undefined ? [] : [[group.number, score] as const],
  )
  const listed = cases.map((it, own): SavedCase => {
    if (!('runs' in it)) return it
    const { runs, ...rest } = it
    const around: number[] = []
    eachPlace(runs, { own, count: Number.POSITIVE_INFINITY }, (place) => around.push(place))
    return { ...rest, around }
  })
  return { watch: { ...watch, window }, cases: listed, scores }
}

describe.each(SEEDS)('random alerts %i: late ones, floods, pauses, a window that is full', (seed) => {
  const alerts = randomAlerts(seed)
  const { decided: plain } = plainOf(alerts, seed)
  const watch = randomOptions(seed)

  test('facts, what is around and scores are those of the plain triage, bit by bit', () => {
    const triage = new Triage('random', knowledge, { watch })
    const decided = [...run(triage, alerts), ...triage.advance(Number.POSITIVE_INFINITY)]
    const { cases } = triage.site()
    expect(decided.map(({ group }) => group.number)).toEqual(plain.map(({ watched }) => watched.group.number))
    const inTime = plain.flatMap(({ watched }, at) => (watched.late ? [] : [at]))
    expect(inTime.map((at) => cases[at]!.facts)).toEqual(inTime.map((at) => plain[at]!.watched.facts))
    expect(inTime.map((at) => aroundOf(cases, at))).toEqual(inTime.map((at) => plain[at]!.around))
    const besideLate = withLate(plain)
    const exact = inTime.filter((at) => !besideLate(plain[at]!.around))
    expect(exact.map((at) => decided[at]!.decision.score)).toEqual(exact.map((at) => plain[at]!.score))
  })

  test('of the oldest given up nothing is left, and what is kept stays right', () => {
    const triage = new Triage('random', knowledge, { watch, maxCases: 100 })
    run(triage, alerts)
    triage.advance(Number.POSITIVE_INFINITY)
    const { cases } = triage.site()
    const kept = plain.slice(-cases.length)
    const numbers = new Set(kept.map(({ watched }) => watched.group.number))
    expect(cases.length).toBeLessThanOrEqual(100)
    expect(cases.map(({ number }) => number)).toEqual([...numbers])
    const inTime = [...kept.keys()].filter((at) => !kept[at]!.watched.late)
    const left = inTime.map((at) => kept[at]!.around.filter((number) => numbers.has(number)))
    expect(inTime.map((at) => aroundOf(cases, at))).toEqual(left)
    expect(triage.judge(plain[0]!.watched.group.number, { verdict: 'benign' })).toBe(plain.length <= cases.length)
  })

  test('a state of before goes on like one of today', () => {
    const half = alerts.length >>> 1
    const whole = new Triage('random', knowledge, { watch })
    const before = new Triage('random', knowledge, { watch })
    run(before, alerts.slice(0, half))
    const state = structuredClone(asBefore(before.save()))
    const after = new Triage('random', knowledge, { watch, state })
    run(whole, alerts.slice(0, half))
    expect(run(after, alerts.slice(half))).toEqual(run(whole, alerts.slice(half)))
    expect(after.site()).toEqual(whole.site())
  })
})

test('the random alerts reach every bound', () => {
  const all = SEEDS.flatMap((seed) => {
    const { nearest } = randomOptions(seed)
    return plainOf(randomAlerts(seed), seed).decided.map((it) => ({ ...it, nearest }))
  })
  expect(all.filter(({ watched }) => watched.late).length).toBeGreaterThan(100)
  expect(all.filter(({ watched, incomplete }) => incomplete && !watched.late).length).toBeGreaterThan(100)
  expect(all.filter(({ around, nearest }) => around.length === 2 * nearest).length).toBeGreaterThan(100)
  expect(all.filter(({ around }) => around.length === 0).length).toBeGreaterThan(0)
})

/** A group that came late finds less around it than all there ever was, so its score differs, and what that moves. */
function withLate(plain: PlainTriage['decided']): (around: readonly number[]) => boolean {
  const late = new Set(plain.flatMap(({ watched }) => (watched.late ? [watched.group.number] : [])))
  return (around) => around.some((number) => late.has(number))
}
