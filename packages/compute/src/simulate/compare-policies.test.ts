import { expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import { smallWorld } from '../online/small-world.fixture.ts'
import { COMPARED_POLICIES, comparePolicies } from './compare-policies.ts'
import { repeated } from './repeated.ts'

const calm = { snapshot: smallWorld(1), days: 1, sigma: 0, seed: 1 }

test('every policy plays the same jobs and keeps every limit, on days that go wrong too', () => {
  const rough = { ...calm, days: 2, sigma: 0.5, failures: { nodeHours: 20, repairHours: 1 } }
  for (const play of [calm, rough]) {
    const played = comparePolicies(play, COMPARED_POLICIES)
    expect(played.map(({ policy }) => policy)).toEqual(COMPARED_POLICIES)
    for (const { outcome } of played) {
      expect(outcome.arrived).toBe(play.days * play.snapshot.jobs.length)
      expect(outcome.served + outcome.missed + outcome.open).toBe(outcome.arrived)
      expect(outcome.violations).toBe(0)
    }
  }
})

test('slots of five minutes let a job of most of a day run as slots of a quarter of an hour do', () => {
  const job = "{job: long, participant: lab, class: finetune, chips: 4, hours: 17, release: '00:00', deadline: '24:00'}"
  const day = SAMPLE_YAML.replace(/jobs:[\s\S]*/, `jobs: [${job}]`)
  for (const [slotMinutes, slots] of [
    [5, 288],
    [15, 96],
  ]) {
    const snapshot = readSnapshot(`${day}\nslotMinutes: ${slotMinutes}\nslots: ${slots}`)
    const played = comparePolicies({ ...calm, snapshot }, COMPARED_POLICIES)
    expect(played.map(({ outcome }) => outcome.served)).toEqual(COMPARED_POLICIES.map(() => 1))
  }
})

test('the same play has the same outcome, another seed of failures another', () => {
  const rough = { ...calm, failures: { nodeHours: 5, repairHours: 2 } }
  const lost = (seed: number) => comparePolicies({ ...rough, seed }, ['first-come'])[0]!.outcome
  expect(lost(1)).toEqual(lost(1))
  expect(lost(1).lostChipHours).not.toBe(lost(2).lostChipHours)
})

test('a repeated day has longer series, jobs under names of their own a day later, and more quota', () => {
  const day = smallWorld(1)
  const participants = [{ ...day.participants[0]!, quotaChipHours: 7 }]
  const three = repeated({ ...day, participants }, 3)
  const [site] = three.sites
  expect(three.slots).toBe(3 * day.slots)
  expect(site!.envelopeKw.slice(day.slots, 2 * day.slots)).toEqual(day.sites[0]!.envelopeKw)
  expect(three.participants[0]!.quotaChipHours).toBe(21)
  const [first] = day.jobs
  const again = three.jobs[2 * day.jobs.length]!
  expect(again).toEqual({
    ...first!,
    name: `${first!.name}~3`,
    release: first!.release + 2 * day.slots,
    deadline: first!.deadline + 2 * day.slots,
  })
  expect(new Set(three.jobs.map(({ name }) => name)).size).toBe(three.jobs.length)
})
