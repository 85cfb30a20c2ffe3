import { describe, expect, test } from 'vitest'
import { fullPatterns } from './gpu-patterns.ts'

describe('full patterns of a GPU', () => {
  test('are all ways beside which nothing fits, each once', () => {
    expect(fullPatterns([600, 400, 300])).toEqual([
      [1, 1, 0],
      [1, 0, 1],
      [0, 2, 0],
      [0, 1, 2],
      [0, 0, 3],
    ])
    expect(fullPatterns([700])).toEqual([[1]])
    expect(fullPatterns([])).toEqual([])
  })

  test('cover every set of shares that fits, and only such', () => {
    const sizes = [810, 470, 320, 160, 110]
    const patterns = fullPatterns(sizes)
    const sum = (counts: readonly number[]): number => counts.reduce((all, count, i) => all + count * sizes[i]!, 0)
    for (const pattern of patterns) {
      expect(sum(pattern)).toBeLessThanOrEqual(1000)
      expect(sum(pattern) + 110).toBeGreaterThan(1000)
    }
    expect(new Set(patterns.map(String)).size).toBe(patterns.length)
    for (let code = 0; code < 2 * 3 * 4 * 7 * 10; code += 1) {
      const counts = [
        code % 2,
        (code >> 1) % 3,
        Math.floor(code / 6) % 4,
        Math.floor(code / 24) % 7,
        Math.floor(code / 168),
      ]
      const covered = patterns.some((pattern) => counts.every((count, i) => count <= pattern[i]!))
      expect(covered).toBe(sum(counts) <= 1000)
    }
  })
})
