import { expect, test } from 'vitest'
import { sumCosts } from './rule-costs.ts'

const QUARANTINE = { rule: 'b', slow: 5, measured: 9, slowestMs: 40, sinceMs: 2000 }

test('figures of the same rule are added up over detectors, dearest first', () => {
  const one = { costs: [{ rule: 'a', checks: 64, milliseconds: 1 }], quarantined: [] }
  const other = {
    costs: [
      { rule: 'b', checks: 64, milliseconds: 90 },
      { rule: 'a', checks: 128, milliseconds: 2 },
    ],
    quarantined: [],
  }
  expect(sumCosts([one, other])).toEqual([
    { rule: 'b', checks: 64, milliseconds: 90 },
    { rule: 'a', checks: 192, milliseconds: 3 },
  ])
})

test('a quarantine says in how many detectors, since the first, and keeps the slowest check', () => {
  const quarantined = [QUARANTINE]
  const later = [{ ...QUARANTINE, slow: 6, measured: 20, slowestMs: 90, sinceMs: 5000 }]
  const costs = [{ rule: 'b', checks: 9, milliseconds: 300 }]
  expect(
    sumCosts([
      { costs, quarantined },
      { costs: [], quarantined: later },
      { costs, quarantined: [] },
    ]),
  ).toEqual([
    {
      ...{ rule: 'b', checks: 18, milliseconds: 600 },
      quarantine: { detectors: 2, sinceMs: 2000, slow: 11, measured: 29, slowestMs: 90 },
    },
  ])
})
