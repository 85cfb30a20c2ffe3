import type { Table } from './table.ts'

/** Uniform numbers in [0, 1) for tests (mulberry32). */
export function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A table of number columns for tests. */
export function numberTable(columns: Readonly<Record<string, readonly number[]>>): Table {
  const numbers = new Map(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)]))
  return { rows: numbers.values().next().value?.length ?? 0, numbers, categories: new Map() }
}
