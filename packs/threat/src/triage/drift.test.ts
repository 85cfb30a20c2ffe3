import { expect, test } from 'vitest'
import type { Case, Site } from './case.ts'
import { driftBaseline, hasDrifted, shiftOf } from './drift.ts'

function site(name: string, signatures: readonly string[]): Site {
  const rest = { host: 'h', first: 0, techniques: [], facts: new Float64Array(0), runs: [] }
  const cases = signatures.map((signature, number): Case => ({ ...rest, number, signature, disposition: undefined }))
  return { name, cases }
}

const mixed = (one: number, other: number, third = 0) => [
  ...Array<string>(one).fill('a'),
  ...Array<string>(other).fill('b'),
  ...Array<string>(third).fill('c'),
]

test('the shift is the total variation between the shares of signatures, and the share nobody has seen', () => {
  const learnt = new Map([
    ['a', 0.5],
    ['b', 0.5],
  ])
  const shift = shiftOf(site('new', mixed(80, 10, 10)).cases, learnt)
  expect(shift.signatures).toBeCloseTo(0.4, 12)
  expect(shift.unknown).toBeCloseTo(0.1, 12)
})

test('the limit lies half way from the worst learnt site to nothing in common', () => {
  const baseline = driftBaseline([site('one', mixed(60, 40)), site('two', mixed(40, 60))])
  expect(baseline.limit.signatures).toBeCloseTo(0.6, 12)
  expect(baseline.limit.unknown).toBeCloseTo(0.5, 12)
})

test('a site as far out as those learnt from has not drifted; a stranger has', () => {
  const baseline = driftBaseline([site('one', mixed(60, 40)), site('two', mixed(40, 60))])
  const isStrange = (signatures: readonly string[]) =>
    hasDrifted(shiftOf(site('new', signatures).cases, baseline.shares), baseline)
  expect(isStrange(mixed(70, 30))).toBe(false)
  expect(isStrange(mixed(20, 20, 60))).toBe(true)
})
