import { type Random, uniform } from '../random.ts'
import { normalQuantile } from '../special/normal.ts'

/** Share of `runs` in which `covers` is true, in per cent. */
export function percentTrue(runs: number, covers: (run: number) => boolean): number {
  let count = 0
  for (let run = 0; run < runs; run += 1) count += covers(run) ? 1 : 0
  return (100 * count) / runs
}

export function normal(random: Random): number {
  return normalQuantile(uniform(random))
}

/** An autoregressive series of order one with unit variance: `persistence` is the correlation of neighbours. */
export function autoregressive(random: Random, rows: number, persistence: number): Float64Array {
  const series = new Float64Array(rows)
  let last = normal(random)
  for (let row = 0; row < rows; row += 1) {
    series[row] = last
    last = persistence * last + Math.sqrt(1 - persistence * persistence) * normal(random)
  }
  return series
}

export function binomial(random: Random, trials: number, rate: number): number {
  let count = 0
  for (let i = 0; i < trials; i += 1) if (uniform(random) < rate) count += 1
  return count
}
