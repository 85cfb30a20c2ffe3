import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPlan, type Effort, type Plan, planDay, type Snapshot } from '@dengta/compute'
import { entryFile } from '@dengta/store'
import { nameTerms } from '../../packages/compute/src/plan/name-terms.ts'
import { problemOf } from '../../packages/compute/src/plan/problem.ts'
import { emptyPlan, place } from '../../packages/compute/src/plan/usage.ts'
import { type Benchmark, figure } from '../figure.ts'
import { cpuSeconds } from './cpu-seconds.ts'
import { type DayProgram, programOf } from './day-program.ts'
import { gridFolder } from './grid-data.ts'
import { CBC, GLPK, highsSolver, runSolver, SOLVER_SECONDS, type Solver } from './run-solver.ts'
import { traceDay } from './trace-day.ts'
import { writeMps } from './write-mps.ts'

interface Size {
  readonly jobs: number
  readonly effort: Omit<Effort, 'seed'>
  /** Ours may cost so much more than the best of the others, %. */
  readonly percent: number
}

/** Efforts that take about as many CPU seconds as the solvers get. */
const SIZES: readonly Size[] = [
  { jobs: 200, effort: { ascents: 1500, rounds: 1_800_000 }, percent: 0.5 },
  { jobs: 500, effort: { ascents: 1500, rounds: 1_800_000 }, percent: 0 },
  { jobs: 1000, effort: { ascents: 1500, rounds: 1_700_000 }, percent: 0 },
]
const SEED = 1
const LOAD = 0.6

/** The same day given to HiGHS, CBC and GLPK with the same CPU time; what they return is checked by `checkPlan`. */
export const solvers: Benchmark = async (emit) => {
  const folder = gridFolder()
  if (!folder) {
    process.stderr.write('solvers SKIPPED: the grid data is not on this machine (set DENGTA_DATA)\n')
    return
  }
  for (const { jobs, effort, percent } of SIZES) {
    const snapshot = traceDay(folder, { jobs, seed: SEED, load: LOAD })
    const { result: plan, seconds } = cpuSeconds(() => planDay(snapshot, { seed: SEED, ...effort }))
    const ours = checkedYuan(snapshot, plan)
    const others = await solveAll(snapshot, plan)
    const known = others.flatMap(({ yuan }) => (yuan === undefined ? [] : [yuan]))
    const said = others.map(({ name, yuan }) => `${name} ${yuan?.toFixed(2) ?? 'returned no solution'}`).join(', ')
    const beside = `${SOLVER_SECONDS} CPU s each: ours ${ours.toFixed(2)} in ${seconds.toFixed(0)} CPU s (bound ${plan.bound.toFixed(2)}), ${said}`
    const above = known.length === 0 ? -100 : 100 * (ours / Math.min(...known) - 1)
    emit(
      figure(`${jobs} jobs: our cost above the best of the solvers that returned one`, above, '%', {
        goal: { is: '<=', than: percent },
        yardstick: beside,
      }),
    )
  }
}

interface Solved {
  readonly name: string
  /** Undefined where the solver returned no solution in its time. */
  readonly yuan: number | undefined
}

/** One after the other, so that none takes another's time. */
async function solveAll(snapshot: Snapshot, plan: Plan): Promise<Solved[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dengta-solvers-'))
  const program = programOf(problemOf(snapshot))
  const mps = join(folder, 'day.mps')
  writeMps(program, mps)
  const solved: Solved[] = []
  for (const solver of installed()) {
    const day = [String(snapshot.jobs.length), String(SEED), String(LOAD)]
    const columns = await runSolver(solver, { mps, solution: join(folder, `${solver.name}.txt`), day })
    const yuan = columns && checkedYuan(snapshot, planOf(snapshot, program, columns, plan))
    solved.push({ name: solver.name, yuan })
  }
  rmSync(folder, { recursive: true })
  return solved
}

function installed(): Solver[] {
  const missing = (program: string): boolean =>
    !(process.env.PATH ?? '').split(':').some((at) => existsSync(join(at, program)))
  const native = [
    { solver: CBC, program: 'cbc' },
    { solver: GLPK, program: 'glpsol' },
  ]
  for (const { program } of native)
    if (missing(program)) process.stderr.write(`solvers: ${program} SKIPPED: it is not installed\n`)
  return [
    highsSolver(entryFile('solve-highs')),
    ...native.flatMap(({ solver, program }) => (missing(program) ? [] : [solver])),
  ]
}

/** What the columns say as a plan; the bounds are those of our own plan, which hold for every plan of the day. */
function planOf(snapshot: Snapshot, { columns }: DayProgram, chosen: readonly number[], ours: Plan): Plan {
  const usage = emptyPlan(problemOf(snapshot))
  for (const c of chosen) {
    const { j, way, start } = columns[c]!
    if (way >= 0) place(usage, j, way, start)
  }
  return { ...ours, ...nameTerms(usage) }
}

function checkedYuan(snapshot: Snapshot, plan: Plan): number {
  const check = checkPlan(snapshot, plan)
  if (!check.ok) throw new Error(check.faults[0]!.text.en)
  return check.yuan
}
