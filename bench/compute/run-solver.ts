import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** CPU seconds that a solver may take, and how many more until it is killed. */
export const SOLVER_SECONDS = 60
const GRACE = 15

/** A solver as a program: what to run, and how to read which columns of the program are 1. */
export interface Solver {
  readonly name: string
  readonly command: (files: SolverFiles) => readonly string[]
  readonly read: (text: string) => number[]
}

/** `day`: jobs, seed and load, for a solver that draws the day by itself. */
export interface SolverFiles {
  readonly mps: string
  readonly solution: string
  readonly day: readonly string[]
}

export const CBC: Solver = {
  name: 'CBC',
  command: ({ mps, solution }) => ['cbc', mps, '-seconds', String(SOLVER_SECONDS), '-solve', '-solution', solution],
  read: (text) =>
    /infeasible|no integer solution/i.test(text.slice(0, 200))
      ? []
      : text.split('\n').flatMap((line) => {
          const [, column, value] = /^\s*\d+\s+c(\d+)\s+(\S+)/.exec(line) ?? []
          return Number(value) > 0.5 ? [Number(column)] : []
        }),
}

export const GLPK: Solver = {
  name: 'GLPK',
  command: ({ mps, solution }) => ['glpsol', '--freemps', mps, '--tmlim', String(SOLVER_SECONDS), '-w', solution],
  read: (text) =>
    text.split('\n').flatMap((line) => {
      const [, column, value] = /^j (\d+) (\S+)/.exec(line) ?? []
      return Number(value) > 0.5 ? [Number(column) - 1] : []
    }),
}

/** HiGHS (WASM) in a process of its own. `entry` is the bundled program. */
export const highsSolver = (entry: string): Solver => ({
  name: 'HiGHS',
  command: ({ day, solution }) => [process.execPath, entry, ...day, String(SOLVER_SECONDS), solution],
  read: (text) => text.split(' ').filter(Boolean).map(Number),
})

/** Columns that the solver sets to 1 within its CPU time; undefined where it returns no solution. Says what the solver printed last. */
export async function runSolver(solver: Solver, files: SolverFiles): Promise<number[] | undefined> {
  const [program, ...words] = solver.command(files)
  const limited = ['-c', `ulimit -t ${SOLVER_SECONDS + GRACE}; exec "$@"`, 'solver', program!, ...words]
  await new Promise<void>((resolve, reject) => {
    spawn('bash', limited, { stdio: 'ignore' })
      .on('error', reject)
      .on('close', () => resolve())
  })
  if (!existsSync(files.solution)) return undefined
  const columns = solver.read(readFileSync(files.solution, 'utf8'))
  return columns.length > 0 ? columns : undefined
}
