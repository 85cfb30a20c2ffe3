import { describe, expect, test } from 'vitest'
import { findLeak, type LeakLimits } from './leak.ts'
import { sequence } from './sample-table.ts'

const LIMITS: LeakLimits = { exactVectors: 0, nearShare: 0, nearDistance: 0.3 }

describe('findLeak', () => {
  test('counts vectors and rows on both sides, minus zero as zero', () => {
    const features = [Float64Array.of(1, 0, 2, 1, -0, 9, 1), Float64Array.of(1, 5, 2, 1, 5, 9, 1)]
    const hidden = Uint8Array.of(0, 0, 0, 1, 1, 1, 1)
    expect(findLeak(features, hidden, { ...LIMITS, nearDistance: 1e-9 })).toEqual({
      verdict: 'fail',
      exactVectors: 2,
      exactRows: 3,
      nearRows: 0,
      hiddenRows: 4,
    })
  })

  test('passes at its limits and fails just beyond', () => {
    const features = [Float64Array.of(0, 10, 0.1, 10)]
    const hidden = Uint8Array.of(0, 0, 1, 1)
    const verdict = (limits: LeakLimits) => findLeak(features, hidden, limits).verdict
    expect(verdict({ exactVectors: 1, nearShare: 0.5, nearDistance: 0.1 })).toBe('pass')
    expect(verdict({ exactVectors: 0, nearShare: 0.5, nearDistance: 0.1 })).toBe('fail')
    expect(verdict({ exactVectors: 1, nearShare: 0.49, nearDistance: 0.1 })).toBe('fail')
    expect(verdict({ exactVectors: 1, nearShare: 0, nearDistance: 0.001 })).toBe('pass')
  })

  test('finds the same near rows as comparing all with all', () => {
    const random = sequence(9)
    for (const dimensions of [1, 2, 5]) {
      const features = Array.from({ length: dimensions }, (_, d) =>
        Float64Array.from({ length: 900 }, () => (d === 1 ? Math.round(random() * 3) : random() * 4)),
      )
      const hidden = Uint8Array.from({ length: 900 }, () => Number(random() < 0.4))
      const { nearRows, exactRows } = findLeak(features, hidden, LIMITS)
      expect({ nearRows, exactRows }).toEqual(compareAll(features, hidden, LIMITS.nearDistance))
    }
  })
})

function compareAll(features: readonly Float64Array[], hidden: Uint8Array, distance: number) {
  const rows = Array.from(hidden.keys())
  const open = rows.filter((row) => hidden[row] === 0)
  const deviations = features.map((column) => {
    const mean = open.reduce((sum, row) => sum + column[row]!, 0) / open.length
    return Math.sqrt(open.reduce((sum, row) => sum + (column[row]! - mean) ** 2, 0) / open.length)
  })
  const apart = (a: number, b: number) =>
    Math.hypot(...features.map((column, d) => (column[a]! - column[b]!) / deviations[d]!))
  const nearest = rows
    .filter((row) => hidden[row] === 1)
    .map((row) => Math.min(...open.map((other) => apart(row, other))))
  return {
    exactRows: nearest.filter((gap) => gap === 0).length,
    nearRows: nearest.filter((gap) => gap > 0 && gap < distance).length,
  }
}
