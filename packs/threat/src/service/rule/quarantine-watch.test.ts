import { expect, test } from 'vitest'
import type { RuleCosts } from '../../pipeline/detector/rule-costs.ts'
import { QuarantineWatch } from './quarantine-watch.ts'

const quarantine = { detectors: 1, sinceMs: 0, slow: 3, measured: 9, slowestMs: 151.4 }
const slow = { rule: 'slow', checks: 9, milliseconds: 460, quarantine }
const quick = { rule: 'quick', checks: 9, milliseconds: 1 }
const costsOf = (hash: string, ...rules: RuleCosts['rules']): RuleCosts => ({ hash, detectors: 2, events: 9, rules })

/** Looks once at each of these, and answers what was told. */
async function toldOf(looks: readonly (RuleCosts | undefined)[]): Promise<string[]> {
  const told: string[] = []
  let at = 0
  const watch = new QuarantineWatch({
    costs: async () => looks[at],
    told: async (rule, { en }) => void told.push(`${at} ${rule}: ${en}`),
  })
  for (; at < looks.length; at += 1) await watch.look()
  return told
}

const WHY = 'slow: 3 of 9 measured checks took longer than 50 ms, the slowest 151 ms'

test('a rule put away is told once, and again where it was looked at meanwhile or the rules are others', async () => {
  const [away, back] = [costsOf('a', slow, quick), costsOf('a', { rule: 'slow', checks: 9, milliseconds: 460 }, quick)]
  const told = await toldOf([undefined, back, away, away, back, away, costsOf('b', slow)])
  expect(told.map((line) => line.replace(/than \d+ ms/, 'than 50 ms'))).toEqual([`2 ${WHY}`, `5 ${WHY}`, `6 ${WHY}`])
})

test('what could not be told is told at the next look', async () => {
  let tries = 0
  const told = async () => {
    tries += 1
    if (tries === 1) throw new Error('the database is away')
  }
  const watch = new QuarantineWatch({ costs: async () => costsOf('a', slow), told })
  await expect(watch.look()).rejects.toThrow('the database is away')
  await watch.look()
  await watch.look()
  expect(tries).toBe(2)
})

test('where one could not be told, those that were told before are not told again', async () => {
  const told: string[] = []
  const tell = async (rule: string) => {
    if (rule === 'new' && told.length === 1) throw new Error('the database is away')
    told.push(rule)
  }
  const looks = [costsOf('a', slow), costsOf('a', { ...slow, rule: 'new' }, slow), costsOf('a', slow)]
  const watch = new QuarantineWatch({ costs: async () => looks.shift(), told: tell })
  await watch.look()
  await expect(watch.look()).rejects.toThrow('the database is away')
  await watch.look()
  expect(told).toEqual(['slow'])
})
