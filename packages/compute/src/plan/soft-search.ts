import { type Random, uniform } from '@dengta/statistics'
import { insertAll } from './guides.ts'
import { insert, mayLie } from './insertion.ts'
import { meanUnservedYuan, type NearColumns, nearColumns } from './near-columns.ts'
import type { Prices } from './prices.ts'
import type { Problem } from './problem.ts'
import { fineFor, raiseFines, type SoftLimits, type Stay, softLimits, use } from './soft-limits.ts'
import { emptyPlan, place, type Usage } from './usage.ts'
import type { Guide } from './way-order.ts'

export interface SoftSearchOptions {
  readonly random: Random
  /** Jobs that are offered another column, one after the other. */
  readonly moves: number
  readonly prices: Prices
  readonly guide: Guide
  /** Called now and then with the moves that are done. */
  readonly onMoves?: ((done: number) => void) | undefined
}

/** Times at which fines and heat are set anew. */
const EPOCHS = 460
/** Loss that is accepted, as a share of what a mean job is worth: at first, and at the end. */
const HEAT = { first: 0.065, last: 0.00045 } as const
/** Fines as multiples of the prices: at first, at the end, and how late they rise. */
const FINES = { first: 0.9, last: 4, late: 3 } as const
/** How finely jobs are drawn in proportion to the root of their value: a mean job counts the root of this. */
const DRAWN_PARTS = 350

/**
 * Simulated annealing over limits that may be overrun for a fine (Kirkpatrick, Gelatt and Vecchi 1983): one job at a time takes
 * another column near its best, or stays out. Fines begin at the prices and rise. The answer keeps every limit.
 */
export function softSearch(problem: Problem, options: SoftSearchOptions): Usage {
  const { prices, guide, moves, onMoves } = options
  const columns = nearColumns(problem, prices, guide)
  const limits = softLimits(problem, prices)
  const chosen = columns.first.slice(0, problem.jobs)
  const mean = meanUnservedYuan(problem)
  const drawn = drawnJobs(problem, columns)
  if (drawn.length === 0) return emptyPlan(problem)
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    const part = epoch / EPOCHS
    raiseFines(limits, FINES.first * (FINES.last / FINES.first) ** (part ** FINES.late))
    const heat = mean * HEAT.first * (HEAT.last / HEAT.first) ** part
    anneal(limits, { columns, chosen, drawn, heat, random: options.random, moves: Math.ceil(moves / EPOCHS) })
    onMoves?.(moves * part)
  }
  return withinLimits(problem, guide, { columns, chosen })
}

interface Choice {
  readonly columns: NearColumns
  /** Column of every job. */
  readonly chosen: Int32Array
}

interface Annealing extends Choice {
  /** Jobs as often as they are to be drawn. */
  readonly drawn: Int32Array
  readonly heat: number
  readonly random: Random
  readonly moves: number
}

function anneal(limits: SoftLimits, { columns, chosen, drawn, heat, random, moves }: Annealing): void {
  const { first, way, start, yuan } = columns
  const from: Stay = { j: 0, way: 0, start: 0 }
  const to: Stay = { j: 0, way: 0, start: 0 }
  for (let move = 0; move < moves; move += 1) {
    const j = drawn[random() % drawn.length]!
    const now = chosen[j]!
    const other = first[j]! + (random() % (first[j + 1]! - first[j]! - 1))
    const next = other < now ? other : other + 1
    set(from, j, way[now]!, start[now]!)
    const most = -heat * Math.log(uniform(random)) - (yuan[next]! - yuan[now]!) + fineFor(limits, from, -1)
    if (most < 0) continue
    set(to, j, way[next]!, start[next]!)
    use(limits, from, -1)
    const moved = fineFor(limits, to, 1, most) <= most
    use(limits, moved ? to : from, 1)
    if (moved) chosen[j] = next
  }
}

/** Jobs with a choice, large ones more often: two thirds of the jobs of the trace hold a ninth of the value. */
function drawnJobs(problem: Problem, { first }: NearColumns): Int32Array {
  const drawn: number[] = []
  const mean = meanUnservedYuan(problem)
  for (let j = 0; j < problem.jobs; j += 1) {
    if (first[j + 1]! - first[j]! === 1) continue
    const times = Math.max(1, Math.round(Math.sqrt((DRAWN_PARTS * problem.unservedYuan[j]!) / mean)))
    for (let i = 0; i < times; i += 1) drawn.push(j)
  }
  return Int32Array.from(drawn)
}

function set(stay: Stay, j: number, way: number, start: number): void {
  stay.j = j
  stay.way = way
  stay.start = start
}

/** The chosen columns as a plan: dearest jobs first, those that do not fit wherever they do, and then whatever else fits. */
function withinLimits(problem: Problem, guide: Guide, { columns, chosen }: Choice): Usage {
  const usage = emptyPlan(problem)
  const { unservedYuan } = problem
  const served = [...chosen.keys()].filter((j) => columns.way[chosen[j]!]! >= 0)
  served.sort((a, b) => unservedYuan[b]! - unservedYuan[a]! || a - b)
  const displaced: number[] = []
  for (const j of served) {
    const [way, start] = [columns.way[chosen[j]!]!, columns.start[chosen[j]!]!]
    if (mayLie(usage, j, { way, start })) place(usage, j, way, start)
    else displaced.push(j)
  }
  for (const j of displaced) insert(usage, guide, j)
  insertAll(usage, guide)
  return usage
}
