import type { LinearModel, OpenLinearModel } from '../linear/linear-model.ts'
import { mayLie } from './insertion.ts'
import { meanUnservedYuan } from './near-columns.ts'
import { type Prices, sumPrices } from './prices.ts'
import type { Problem } from './problem.ts'
import { cheaperOffers, columnsOf, nearOffers, type Offer, rowLimits, rowPrices } from './service-program.ts'
import type { Usage } from './usage.ts'

/** The linear program of service while jobs are placed for good, one after the other: the columns offered, and its last optimum. */
export interface GrowingProgram {
  /** Jobs that are placed for good. */
  readonly usage: Usage
  readonly model: LinearModel
  readonly offers: Offer[]
  /** Columns ever offered, and those (by their place in `offers`) that are out of the program for good. */
  readonly known: Set<number>
  readonly out: Set<number>
  values: Float64Array
  prices: Float64Array
  /** Cost of the last optimum: minus the value that is served. */
  yuan: number
  /** Cost when columns were last sought among all. */
  soughtAt: number
  solves: number
  /** Goes back to the basis of the last optimum. */
  back: () => void
}

/** Columns to begin with cost at most this share of a mean job more than the best of their job. */
const NEAR = 0.011
/** All columns are looked through again when the cost has risen by this share of a mean job. */
const SEEK_EVERY = 0.43
/** Columns are sought until they save less than this share of a mean job. */
const LEAST_SAVING = 0.01
/** A column is worth adding that saves more than this, in shares of a mean job: in the first program, and later. */
const WORTH = { first: 0.00002, later: 0.0065 } as const
/** Values nearer to 0 or 1 are whole. */
export const WHOLE = 1e-6

/** The program of a day on which no job is placed yet, solved over all columns; nothing where it is too large, or the solver gives up. */
export function openProgram(usage: Usage, open: OpenLinearModel, near: Prices): GrowingProgram | undefined {
  const { problem } = usage
  const offers = nearOffers(problem, near, NEAR * meanUnservedYuan(problem))
  if (!offers) return undefined
  const program: GrowingProgram = {
    ...{ usage, offers, model: open(rowLimits(problem), columnsOf(problem, offers)) },
    ...{ known: new Set(offers.map((offer) => keyOf(problem, offer))), out: new Set<number>() },
    ...{ values: new Float64Array(), prices: new Float64Array(), back: () => undefined },
    ...{ yuan: 0, soughtAt: Number.NEGATIVE_INFINITY, solves: 0 },
  }
  if (solveAgain(program)) return program
  program.model.close()
  return undefined
}

/** Solves at any cost; false where the solver gives up. */
export function solveAgain(program: GrowingProgram): boolean {
  return solveWithin(program) && seek(program)
}

/** Solves if the cost is at most `most`; otherwise the last optimum stays. */
function solveWithin(program: GrowingProgram, most?: number): boolean {
  const yuan = program.model.solve(most)
  program.solves += 1
  if (yuan === undefined) return false
  Object.assign(program, program.model.optimum(), { yuan, back: program.model.mark() })
  return true
}

/**
 * Holds the columns in, if that costs at most `allowed` yuan; their jobs must be placed already. With them goes out what no longer
 * fits beside the jobs placed, which the program alone would only see in part.
 */
export function tryIn(program: GrowingProgram, columns: Int32Array, allowed: number): boolean {
  const { model, out } = program
  const gone = impossible(program)
  model.hold(columns, 'in')
  model.hold(gone, 'out')
  if (solveWithin(program, program.yuan + allowed)) {
    for (const c of gone) out.add(c)
    return true
  }
  model.hold(columns, 'free')
  model.hold(gone, 'free')
  program.back()
  return false
}

/** Takes columns out for good. */
export function takeOut({ model, out }: GrowingProgram, columns: readonly number[]): void {
  for (const c of columns) out.add(c)
  model.hold(Int32Array.from(columns), 'out')
}

function impossible({ usage, offers, out }: GrowingProgram): Int32Array {
  const gone: number[] = []
  for (const [c, offer] of offers.entries()) {
    if (out.has(c)) continue
    const { j, way, start } = offer
    const own = usage.way[j]!
    const possible = own < 0 ? mayLie(usage, j, offer) : own === way && usage.start[j] === start
    if (!possible) gone.push(c)
  }
  return Int32Array.from(gone)
}

/**
 * Column generation (Ford and Fulkerson 1958): where the cost has risen, adds columns that the prices call cheaper than what the
 * program has. False where the solver gives up.
 */
export function seek(program: GrowingProgram): boolean {
  const mean = meanUnservedYuan(program.usage.problem)
  if (program.yuan - program.soughtAt < SEEK_EVERY * mean) return true
  const first = program.soughtAt === Number.NEGATIVE_INFINITY
  const worth = mean * (first ? WORTH.first : WORTH.later)
  let saved = Number.POSITIVE_INFINITY
  while (saved > LEAST_SAVING * mean && addCheaper(program, worth)) {
    const before = program.yuan
    if (!solveWithin(program)) return false
    saved = before - program.yuan
  }
  program.soughtAt = program.yuan
  return true
}

function addCheaper(program: GrowingProgram, worth: number): boolean {
  const { usage, model, offers, known } = program
  const { problem } = usage
  const more = cheaper(program, worth)
  if (more.length === 0) return false
  model.add(columnsOf(problem, more))
  for (const offer of more) {
    offers.push(offer)
    known.add(keyOf(problem, offer))
  }
  return true
}

function cheaper({ usage, prices, known }: GrowingProgram, worth: number): Offer[] {
  const { problem } = usage
  const own = rowPrices(problem, prices)
  const sums = sumPrices(problem, own, 0)
  const isNew = (offer: Offer): boolean => !known.has(keyOf(problem, offer)) && mayLie(usage, offer.j, offer)
  const more: Offer[] = []
  for (let j = 0; j < problem.jobs; j += 1) {
    if (usage.way[j]! >= 0) continue
    const most = problem.unservedYuan[j]! - own.jobs[j]! - worth
    more.push(...cheaperOffers(problem, sums, j, most).filter(isNew))
  }
  return more
}

/** Ways are numbered over all jobs. */
const keyOf = ({ slots }: Problem, { way, start }: Offer): number => way * slots + start
