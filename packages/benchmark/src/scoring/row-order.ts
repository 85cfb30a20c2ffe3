import { sha256Hex, utf8 } from '@dengta/kernel'
import { seededRandom, uniform } from '@dengta/statistics'
import type { Matrix } from '../data-set/table.ts'

/**
 * The order in which a model meets the hidden rows: another one for each model, so that "row 17" means nothing across
 * submissions, and always the same one for the same model, so that a replay gives equal bytes.
 */
export function rowOrder(rows: number, seed: number): Int32Array {
  const order = Int32Array.from({ length: rows }, (_, row) => row)
  const random = seededRandom(seed)
  for (let last = rows - 1; last > 0; last -= 1) {
    const other = Math.floor(uniform(random) * (last + 1))
    const kept = order[last]!
    order[last] = order[other]!
    order[other] = kept
  }
  return order
}

/** 48 bits from the commitment of the hidden rows and the digest of the model. */
export function orderSeed(hiddenCommitment: string, model: string): number {
  return Number.parseInt(sha256Hex(utf8(`${hiddenCommitment} ${model}`)).slice(0, 12), 16)
}

/** Row `order[i]` comes to place i. */
export function shuffleRows(matrix: Matrix, order: Int32Array): Matrix {
  const width = matrix.names.length
  const values = new Float64Array(matrix.values.length)
  order.forEach((row, place) => {
    values.set(matrix.values.subarray(row * width, (row + 1) * width), place * width)
  })
  return { ...matrix, values }
}

/** The value at place i goes back to row `order[i]`. */
export function unshuffle(values: Float64Array, order: Int32Array): Float64Array {
  const out = new Float64Array(values.length)
  order.forEach((row, place) => {
    out[row] = values[place]!
  })
  return out
}
