import { type Random, uniform } from '@dengta/statistics'
import type { DraftColumns } from './draft-columns.ts'
import type { Problem } from './problem.ts'
import { overrunOf, type SoftLimits, shift } from './soft-limits.ts'

export interface AnnealOptions {
  readonly random: Random
  /** Moves that are tried. */
  readonly moves: number
}

/** Temperature at first and at last, as a share of what a mean job costs. */
const HEAT = { first: 0.4, last: 0.008 } as const
/** What an overrun costs at first and at last, in mean prices of what is overrun. */
const STRICTNESS = { first: 0.75, last: 50 } as const
/** Moves between two changes of both. */
const EVERY = 500
/** Above 1 better columns are tried more often. */
const BIAS = 1.5

/**
 * Simulated annealing over whole days in which every job runs and limits may be overrun at a rising price, so that jobs can pass
 * through each other; hard limits would lock small pools. Returns a column for each job (-1 where it has none); some may not fit.
 */
export function anneal(problem: Problem, columns: DraftColumns, { random, moves }: AnnealOptions): Int32Array {
  const { jobs } = problem
  const { first } = columns
  const at = Int32Array.from({ length: jobs }, (_, j) => (first[j]! < first[j + 1]! ? first[j]! : -1))
  const { heat, soft } = scalesOf(problem, columns, at)
  for (const column of at) if (column >= 0) shift(soft, column, 1)
  let temperature: number = HEAT.first
  let strictness: number = STRICTNESS.first
  for (let move = 0; move < moves; move += 1) {
    if (move % EVERY === 0) {
      temperature = heat * between(HEAT, move / moves)
      strictness = between(STRICTNESS, move / moves)
    }
    const j = random() % jobs
    const count = first[j + 1]! - first[j]!
    if (count < 2) continue
    const column = first[j]! + Math.floor(count * uniform(random) ** BIAS)
    if (column === at[j]) continue
    const allowed = -temperature * Math.log(uniform(random))
    if (improves(soft, { from: at[j]!, to: column, allowed, strictness })) at[j] = column
  }
  return at
}

interface Move {
  readonly from: number
  readonly to: number
  readonly allowed: number
  readonly strictness: number
}

/** Makes the move where it costs no more than allowed; otherwise leaves all as it was. */
function improves(soft: SoftLimits, { from, to, allowed, strictness }: Move): boolean {
  const { yuan } = soft.columns
  shift(soft, from, -1)
  const most = (allowed - (yuan[to]! - yuan[from]!)) / strictness + overrunOf(soft, from)
  const done = most >= 0 && overrunOf(soft, to, most) <= most
  shift(soft, done ? to : from, 1)
  return done
}

function between({ first, last }: { readonly first: number; readonly last: number }, share: number): number {
  return first * (last / first) ** share
}

/** What a mean job, a chip and a kW at the meter through a slot cost, taken from the columns at hand. */
function scalesOf(
  problem: Problem,
  columns: DraftColumns,
  at: Int32Array,
): { readonly heat: number; readonly soft: SoftLimits } {
  const sum = { jobs: 0, yuan: 0, chips: 0, kw: 0 }
  for (const column of at) {
    if (column < 0) continue
    const way = columns.way[column]!
    const site = problem.poolSite[problem.wayPool[way]!]!
    sum.jobs += 1
    sum.yuan += Math.abs(columns.yuan[column]!)
    sum.chips += problem.wayChips[way]! * columns.slots[column]!
    sum.kw += problem.wayKw[way]! * columns.slots[column]! * problem.pue[site * problem.slots + columns.start[column]!]!
  }
  const over = (amount: number): number => sum.yuan / Math.max(amount, Number.MIN_VALUE) || 1
  const soft: SoftLimits = {
    problem,
    columns,
    chipsFree: problem.chipLimit.slice(),
    nodeFree: problem.limitKw.slice(),
    chipWeight: over(sum.chips),
    kwWeight: over(sum.kw),
  }
  return { heat: over(sum.jobs), soft }
}
