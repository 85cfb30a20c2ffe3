import { expect, test } from 'vitest'
import type { Rule } from '../rule/rule.ts'
import { RuleMeter } from './rule-meter.ts'

const rules = ['quick', 'slow', 'unlucky'].map((id) => ({ id }) as unknown as Rule)

function metered(): { meter: RuleMeter; check: (rule: number, milliseconds: number) => void } {
  let now = 0
  const meter = new RuleMeter(
    rules,
    () => now,
    () => 1_700_000_000_000,
  )
  const check = (rule: number, milliseconds: number): void => {
    meter.run(rule, () => {
      now += milliseconds
      return true
    })
  }
  return { meter, check }
}

test('one event in 64 stands for the others', () => {
  const { meter, check } = metered()
  for (let event = 1; event <= 640; event += 1) if (meter.measures(event, 100)) check(0, 0.5)
  expect(meter.costs()).toEqual([{ rule: rules[0], checks: 640, milliseconds: 320 }])
})

test('a rule that is slow again and again is put away; one that was slow once is not', () => {
  const { meter, check } = metered()
  for (let event = 64; event <= 64 * 200; event += 64) {
    meter.measures(event, 100)
    check(0, 0.01)
    check(1, event % 128 === 0 ? 30 : 0.01)
    check(2, event === 640 ? 500 : 0.01)
  }
  expect(meter.quarantined.map(({ rule }) => rule.id)).toEqual(['slow'])
  expect(meter.isQuarantined(1)).toBe(true)
})

test('a long line is always measured, and its rules have 80 ms together', () => {
  const { meter, check } = metered()
  expect(meter.measures(1, 100_000)).toBe(true)
  check(0, 40)
  expect(() => check(1, 41)).toThrow(expect.objectContaining({ code: 'threat_rule.too_costly' }))
  meter.measures(64, 100)
  expect(() => check(1, 4000)).not.toThrow()
})

test('a lifted quarantine ends, and the rule is put away again only by new slow checks', () => {
  const { meter, check } = metered()
  const slow = () => {
    meter.measures(1, 100_000)
    check(1, 30)
  }
  for (let times = 0; times < 5; times += 1) slow()
  expect(meter.quarantined).toEqual([
    { rule: rules[1], slow: 5, measured: 5, slowestMs: 30, sinceMs: 1_700_000_000_000 },
  ])
  expect([meter.lift(1), meter.lift(1), meter.lift(0)]).toEqual([true, false, false])
  for (let times = 0; times < 4; times += 1) slow()
  expect(meter.quarantined).toEqual([])
  slow()
  expect(meter.isQuarantined(1)).toBe(true)
  expect(meter.costs()).toEqual([{ rule: rules[1], checks: 10, milliseconds: 300 }])
})
