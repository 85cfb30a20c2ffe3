import { sumPrices, zeroPrices } from '../../packages/compute/src/plan/prices.ts'
import type { Problem } from '../../packages/compute/src/plan/problem.ts'
import { columnPrice } from '../../packages/compute/src/plan/usage.ts'

/** A column: job `j` starts way `way` in slot `start`; way -1 leaves the job out. */
interface ProgramColumn {
  readonly j: number
  readonly way: number
  readonly start: number
  readonly yuan: number
}

/**
 * A day as a 0/1 program, columns in compressed sparse form: rows are jobs (each exactly once), then chips by pool and slot, then
 * kW by power node and slot (both at most). Ramps, demand charges and quotas are not in it: `programOf` refuses days with them.
 */
export interface DayProgram {
  readonly columns: readonly ProgramColumn[]
  /** Entries of column `c` are `starts[c] .. starts[c + 1]` of `rows` and `values`. */
  readonly starts: Int32Array
  readonly rows: Int32Array
  readonly values: Float64Array
  readonly jobs: number
  /** Limits of the rows after those of the jobs. */
  readonly limits: Float64Array
}

export function programOf(problem: Problem): DayProgram {
  const { snapshot } = problem
  const charged = snapshot.sites.some((site) => site.rampKw !== undefined || site.demandYuanPerKw > 0)
  if (charged || problem.quotaHours.length > 0)
    throw new Error('ramps, demand charges and quotas are not in the program')
  const columns = columnsOf(problem)
  const entries = columns.reduce((sum, column) => sum + entriesOf(problem, column), 0)
  const starts = new Int32Array(columns.length + 1)
  const rows = new Int32Array(entries)
  const values = new Float64Array(entries)
  let at = 0
  const put = (row: number, value: number): void => {
    rows[at] = row
    values[at] = value
    at += 1
  }
  for (const [c, column] of columns.entries()) {
    putColumn(problem, column, put)
    starts[c + 1] = at
  }
  const limits = Float64Array.from([...problem.chipLimit, ...problem.limitKw])
  return { columns, starts, rows, values, jobs: problem.jobs, limits }
}

function columnsOf(problem: Problem): ProgramColumn[] {
  const sums = sumPrices(problem, zeroPrices(problem), 1)
  const columns: ProgramColumn[] = []
  for (let j = 0; j < problem.jobs; j += 1) {
    columns.push({ j, way: -1, start: 0, yuan: problem.unservedYuan[j]! })
    for (let way = problem.firstWay[j]!; way < problem.firstWay[j + 1]!; way += 1)
      for (let start = problem.release[j]!; start + problem.waySlots[way]! <= problem.deadline[j]!; start += 1)
        columns.push({ j, way, start, yuan: columnPrice(problem, sums, { j, way, start }) })
  }
  return columns
}

function entriesOf(problem: Problem, { way }: ProgramColumn): number {
  if (way < 0) return 1
  return 1 + problem.waySlots[way]! * (1 + problem.chains[problem.poolSite[problem.wayPool[way]!]!]!.length)
}

function putColumn(
  problem: Problem,
  { j, way, start }: ProgramColumn,
  put: (row: number, value: number) => void,
): void {
  put(j, 1)
  if (way < 0) return
  const { slots, jobs, pools } = problem
  const pool = problem.wayPool[way]!
  const site = problem.poolSite[pool]!
  const end = start + problem.waySlots[way]!
  for (let t = start; t < end; t += 1) put(jobs + pool * slots + t, problem.wayChips[way]!)
  for (const node of problem.chains[site]!)
    for (let t = start; t < end; t += 1)
      put(jobs + (pools + node) * slots + t, problem.wayKw[way]! * problem.pue[site * slots + t]!)
}
