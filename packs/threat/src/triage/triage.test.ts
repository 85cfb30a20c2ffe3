import { expect, test } from 'vitest'
import { alertAt } from '../group/seen-alert.fixture.ts'
import { similarCases } from './similar-cases.ts'
import { ATTACK, alertsOf, judgedSite } from './site.fixture.ts'
import { scoreSite } from './train-triage.ts'
import { learn, Triage } from './triage.ts'

const BOUNDS = { falseAlarms: 0.05, missed: 0.3, confidence: 0.9, aim: 0.0002 }
const nothing = learn([])
const sites = [0, 31, 62, 93].map((shift, at) => judgedSite(`site ${at}`, shift, nothing))
const knowledge = learn(sites, BOUNDS)

function decideAll(shift: number, with_ = knowledge) {
  const triage = new Triage('new', with_)
  const decided = alertsOf(shift).flatMap((alert) => triage.add(alert))
  return { triage, decided: [...decided, ...triage.advance(Number.POSITIVE_INFINITY)] }
}

test('without verdicts nothing is closed unseen, and the reason says what is missing', () => {
  const { decided } = decideAll(155, nothing)
  expect(new Set(decided.map(({ decision }) => decision.action))).toEqual(new Set(['hand_over']))
  expect(decided[0]?.decision.reason.en).toMatch(/not proven: attacks judged by people come from 0 site/)
})

test('on a network never seen, attacks are escalated and noise is suppressed', () => {
  const { decided } = decideAll(155)
  const escalated = decided.filter(({ decision }) => decision.action === 'escalate').map(({ group }) => group.signature)
  expect(escalated.toSorted()).toEqual([ATTACK, ATTACK, 'scan of many ports', 'scan of many ports'])
  const noise = decided.filter(({ group }) => group.signature === 'virus table updated')
  expect(new Set(noise.map(({ decision }) => decision.action))).toEqual(new Set(['suppress']))
})

test('a decision says what moved it, the record of its signature and similar cases', () => {
  const { decided, triage } = decideAll(155)
  const attack = decided.find(({ group }) => group.signature === ATTACK)!
  expect(attack.decision.record).toEqual({ attacks: 8, cases: 8 })
  expect(attack.decision.contributions).toHaveLength(5)
  expect(attack.decision.reason.en).toMatch(/reaches the threshold .* an attack in 8 of 8 verdicts/)
  const it = triage.site().cases.find(({ number }) => number === attack.group.number)!
  const similar = similarCases(it, sites, knowledge.model)
  expect(similar.map((found) => found.case.disposition?.verdict)).toEqual(['attack', 'attack', 'attack'])
  expect(similar[0]!.distance).toBeLessThanOrEqual(similar[2]!.distance)
})

test('one alert at a time gives the scores of the whole site at once', () => {
  const { decided, triage } = decideAll(155)
  const scores = scoreSite(knowledge.model, triage.site())
  expect(decided.length).toBeGreaterThan(250)
  for (const [at, { decision }] of decided.entries()) expect(decision.score).toBeCloseTo(scores[at]!, 9)
})

test('a restart in the middle of an attack changes no decision', () => {
  const alerts = alertsOf(155)
  const half = alerts.findIndex(({ signature }) => signature === ATTACK)
  const before = new Triage('new', knowledge)
  const first = alerts.slice(0, half).flatMap((alert) => before.add(alert))
  const after = new Triage('new', knowledge, { state: structuredClone(before.save()) })
  const second = [
    ...alerts.slice(half).flatMap((alert) => after.add(alert)),
    ...after.advance(Number.POSITIVE_INFINITY),
  ]
  expect([...first, ...second]).toEqual(decideAll(155).decided)
})

test('what comes after the declared delay reaches no decision', () => {
  const alerts = alertsOf(155)
  const attack = alerts.findIndex(({ signature }) => signature === ATTACK)
  const until = alerts[attack]!.time + 1_800_000
  const cut = alerts.filter(({ time }) => time <= until)
  const later = Array.from({ length: 50 }, (_, at) => alertAt(3000, `unheard of ${at}`, 'web', { time: until + 1 }))
  const plain = new Triage('new', knowledge)
  const flooded = new Triage('new', knowledge)
  const isIt = ({ group }: { group: { signature: string; first: number } }) =>
    group.signature === ATTACK && group.first === alerts[attack]!.time
  const expected = [...cut.flatMap((alert) => plain.add(alert)), ...plain.advance(until + 1)].find(isIt)
  const found = [...cut, ...later].flatMap((alert) => flooded.add(alert)).find(isIt)
  expect(found?.decision).toEqual(expected?.decision)
  expect(found).toBeDefined()
})

test('alerts unlike those learnt from go to people', () => {
  const triage = new Triage('new', knowledge)
  const strange = Array.from({ length: 600 }, (_, at) => alertAt(at, `unheard of ${at % 40}`, `host ${at % 5}`))
  const decided = strange.flatMap((alert) => triage.add(alert))
  expect(decided.at(-1)?.decision).toMatchObject({ action: 'hand_over' })
  expect(decided.at(-1)?.decision.reason.en).toMatch(/unlike those learnt from/)
})

test('a window that is full hands over instead of waiting', () => {
  const watch = {
    grouping: { gap: 300_000, maxOpen: 1000 },
    reach: 1_800_000,
    nearest: 2000,
    settle: 900_000,
    delay: 1_800_000,
    maxWatched: 10,
  }
  const triage = new Triage('new', knowledge, { watch })
  const decided = Array.from({ length: 30 }, (_, at) => alertAt(0, `signature ${at}`, 'web')).flatMap((alert) =>
    triage.add(alert),
  )
  expect(decided.length).toBeGreaterThanOrEqual(19)
  expect(decided.every(({ decision }) => /too many groups at once/.test(decision.reason.en))).toBe(true)
})

test('alerts that come after their facts were due go to people', () => {
  const triage = new Triage('new', knowledge)
  triage.add(alertAt(600, 'login failed', 'web'))
  triage.add(alertAt(30, ATTACK, 'web'))
  const decided = triage.advance(Number.POSITIVE_INFINITY)
  const byGroup = new Map(decided.map(({ decision, group }) => [group.signature, decision.reason.en]))
  expect(byGroup.get(ATTACK)).toMatch(/came late/)
  expect(byGroup.get('login failed')).not.toMatch(/came late/)
})

test('verdicts count at the next learning', () => {
  const { triage } = decideAll(155)
  const { number } = triage.site().cases[0]!
  expect(triage.judge(number, { verdict: 'benign' })).toBe(true)
  expect(triage.judge(1_000_000, { verdict: 'benign' })).toBe(false)
  const relearnt = learn([...sites, triage.site()], BOUNDS)
  expect(relearnt.model.priors.all.cases).toBe(knowledge.model.priors.all.cases + 1)
})
