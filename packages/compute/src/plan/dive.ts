import type { OpenLinearModel } from '../linear/linear-model.ts'
import { type GrowingProgram, openProgram, seek, solveAgain, takeOut, tryIn, WHOLE } from './growing-program.ts'
import { mayLie } from './insertion.ts'
import { meanUnservedYuan } from './near-columns.ts'
import { copyPrices, type Prices } from './prices.ts'
import type { Problem } from './problem.ts'
import { rowPrices } from './service-program.ts'
import { emptyPlan, place, remove, type Usage } from './usage.ts'

export interface DiveOptions {
  readonly open: OpenLinearModel
  /** Prices of service alone, near the best. */
  readonly near: Prices
  /** Called after each job or handful of jobs with the share of the gangs that is decided. */
  readonly onStep?: ((share: number) => void) | undefined
}

export interface Dived {
  /** The gangs placed, and whatever else the program serves whole; other jobs lie nowhere yet. */
  readonly usage: Usage
  /** The best prices of service: those of the program before any job was placed. */
  readonly prices: Prices
}

/** Programs solved in a dive, at most; days of 1,000 jobs took 140 to 210. */
const MOST_SOLVES = 500
/** A gang that the program serves to this share in one column is placed together with others; then those to half, then any. */
const SURE = 0.7
const HALF = 0.5
/** Gangs placed together at first, and more each time that it went well. */
const BATCH = { first: 16, more: 2 } as const
/** What placing may cost, in shares of a mean job: one gang (or a share of its own value), the root of several. */
const ALLOWED = { one: 0.087, ownValue: 0.06, several: 0.043 } as const

interface Dive {
  readonly program: GrowingProgram
  batch: number
}

/**
 * Dives into the linear program of service (Achterberg, Constraint Integer Programming, 2007, 9.2: diving with backtracking). Gangs
 * that it serves in part are placed for good, the surest first, and it is solved again; what would cost too much is ruled out
 * instead. Nothing where the solver gives up at the start.
 */
export function dive(problem: Problem, { open, near, onStep }: DiveOptions): Dived | undefined {
  const usage = emptyPlan(problem)
  const program = openProgram(usage, open, near)
  if (!program) return undefined
  const prices = copyPrices(rowPrices(problem, program.prices))
  try {
    decideGangs(program, onStep)
    placeWhole(program)
  } finally {
    program.model.close()
  }
  return { usage, prices }
}

function decideGangs(program: GrowingProgram, onStep: DiveOptions['onStep']): void {
  const state: Dive = { program, batch: BATCH.first }
  let split = splitGangs(program)
  const all = split.length
  let fewest = all
  while (split.length > 0 && program.solves < MOST_SOLVES && step(state, split)) {
    split = splitGangs(program)
    fewest = Math.min(fewest, split.length)
    onStep?.(1 - fewest / all)
  }
}

/** A gang that the program serves in part: its largest column, and how much of the gang that is. */
interface Split {
  readonly c: number
  readonly share: number
}

/** Gangs split over columns, or served in part; those of much value and large share first. */
function splitGangs({ usage, values, offers }: GrowingProgram): Split[] {
  const { problem } = usage
  const largest = new Map<number, Split>()
  for (const [c, share] of values.entries()) {
    if (share < WHOLE || share > 1 - WHOLE) continue
    const { j, way } = offers[c]!
    if (usage.way[j]! >= 0 || problem.wayChips[way]! < 2) continue
    if (share > (largest.get(j)?.share ?? 0)) largest.set(j, { c, share })
  }
  const worthOf = ({ c, share }: Split): number => share * Math.sqrt(problem.unservedYuan[offers[c]!.j]!)
  return [...largest.values()].sort((a, b) => worthOf(b) - worthOf(a) || a.c - b.c)
}

/** Places some gangs, or rules a column out. False where the solver gives up. */
function step(state: Dive, split: readonly Split[]): boolean {
  const { program } = state
  const sure = split.filter(({ share }) => share >= SURE)
  const chosen = sure.length > 0 ? sure.slice(0, state.batch) : [split.find(({ share }) => share >= HALF) ?? split[0]!]
  const put = putThatFit(program, chosen)
  if (put.length === 0) return solveAgain(program)
  if (tryIn(program, put, allowedFor(program, put))) {
    if (sure.length > 0) state.batch += BATCH.more
    return seek(program)
  }
  return oneOf(state, put)
}

/** Places what still fits beside the others chosen, and takes out what does not. */
function putThatFit(program: GrowingProgram, chosen: readonly Split[]): Int32Array {
  const { usage, offers } = program
  const put: number[] = []
  for (const { c } of chosen) {
    const { j, way, start } = offers[c]!
    if (!mayLie(usage, j, { way, start })) continue
    place(usage, j, way, start)
    put.push(c)
  }
  takeOut(
    program,
    chosen.map(({ c }) => c).filter((c) => !put.includes(c)),
  )
  return Int32Array.from(put)
}

/** Of gangs that cost too much together, the first alone; where it still does, that column is ruled out. */
function oneOf(state: Dive, put: Int32Array): boolean {
  const { program } = state
  const { usage, offers } = program
  for (const c of put.subarray(1)) remove(usage, offers[c]!.j)
  const first = put.subarray(0, 1)
  if (put.length > 1) {
    state.batch = Math.max(1, put.length >> 1)
    if (tryIn(program, first, allowedFor(program, first))) return seek(program)
  }
  remove(usage, offers[first[0]!]!.j)
  takeOut(program, [...first])
  return solveAgain(program)
}

function allowedFor({ usage, offers }: GrowingProgram, put: Int32Array): number {
  const { problem } = usage
  const mean = meanUnservedYuan(problem)
  if (put.length > 1) return ALLOWED.several * mean * Math.sqrt(put.length)
  return Math.max(ALLOWED.one * mean, ALLOWED.ownValue * problem.unservedYuan[offers[put[0]!]!.j]!)
}

function placeWhole({ usage, values, offers }: GrowingProgram): void {
  for (const [c, share] of values.entries()) {
    const { j, way, start } = offers[c]!
    if (share < 1 - WHOLE || usage.way[j]! >= 0 || !mayLie(usage, j, { way, start })) continue
    place(usage, j, way, start)
  }
}
