import { bestColumn } from './best-column.ts'
import { type PriceSums, type Prices, sumPrices, zeroPrices } from './prices.ts'
import type { Problem } from './problem.ts'
import { columnPrice } from './usage.ts'

/** Columns worth trying, job by job: those of job `j` are `first[j] .. first[j + 1]`, leaving it out (way -1) first. */
export interface NearColumns {
  readonly first: Int32Array
  readonly way: Int32Array
  readonly start: Int32Array
  /** What each costs without the prices of limits; of the demand charge, its share by these prices. */
  readonly yuan: Float64Array
}

/** A column is near that costs at most so much more than the job's best: shares of what a mean job, and the job itself, is worth. */
const NEAR = { mean: 0.065, own: 0.01 } as const

/** The columns whose price is near that of the job's best. A good plan hardly uses others: what it pays above the bound is the sum of these distances. */
export function nearColumns(problem: Problem, prices: Prices, guide: PriceSums): NearColumns {
  const plain = sumPrices(problem, { ...zeroPrices(problem), demand: prices.demand }, 1)
  const goal = { running: 1, leaveOut: problem.unservedYuan } as const
  const mean = meanUnservedYuan(problem)
  const first = new Int32Array(problem.jobs + 1)
  const near = { way: [] as number[], start: [] as number[], yuan: [] as number[] }
  const add = (way: number, start: number, yuan: number): void => {
    near.way.push(way)
    near.start.push(start)
    near.yuan.push(yuan)
  }
  for (let j = 0; j < problem.jobs; j += 1) {
    const own = problem.unservedYuan[j]!
    const most = bestColumn(problem, guide, goal, j).yuan + NEAR.mean * mean + NEAR.own * own
    add(-1, 0, own)
    for (let way = problem.firstWay[j]!; way < problem.firstWay[j + 1]!; way += 1)
      for (let start = problem.release[j]!; start + problem.waySlots[way]! <= problem.deadline[j]!; start += 1)
        if (columnPrice(problem, guide, { j, way, start }) <= most)
          add(way, start, columnPrice(problem, plain, { j, way, start }))
    first[j + 1] = near.way.length
  }
  const { way, start, yuan } = near
  return { first, way: Int32Array.from(way), start: Int32Array.from(start), yuan: Float64Array.from(yuan) }
}

/** What leaving out a mean job costs. */
export function meanUnservedYuan({ unservedYuan, jobs }: Problem): number {
  return unservedYuan.reduce((sum, yuan) => sum + yuan, 0) / Math.max(1, jobs)
}
