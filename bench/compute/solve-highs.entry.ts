import { writeFileSync } from 'node:fs'
import highsModule from 'highs'
import { problemOf } from '../../packages/compute/src/plan/problem.ts'
import { type DayProgram, programOf } from './day-program.ts'
import { gridFolder } from './grid-data.ts'
import { traceDay } from './trace-day.ts'

/**
 * Solves a trace day with HiGHS in a process of its own: `jobs seed load seconds file`. Every better solution is written to `file`
 * (columns that are 1) the moment it is found, so that killing the process loses nothing.
 */
const [jobs, seed, load, seconds, file] = process.argv.slice(2)
const snapshot = traceDay(gridFolder()!, { jobs: Number(jobs), seed: Number(seed), load: Number(load) })
const program = programOf(problemOf(snapshot))
// The package says its types are CommonJS, but what an ES module gets is the loader itself.
const loadHighs = highsModule as unknown as typeof highsModule.default
const highs = await loadHighs()
const model = highs.createModel(modelOf(program))
model.options.set({ output_flag: false, time_limit: 4 * Number(seconds) })
const { callbackType } = highs.constants
const spent = process.cpuUsage()
const stopInTime = (event: { interrupt: () => void }): undefined => {
  const { user, system } = process.cpuUsage(spent)
  if (user + system > Number(seconds) * 1e6) event.interrupt()
}
model.run({
  [callbackType.mipImprovingSolution]: ({ data }): undefined => keep(data.mip_solution ?? []),
  [callbackType.mipInterrupt]: stopInTime,
  [callbackType.simplexInterrupt]: stopInTime,
})
const status = model.getModelStatus()
if (status === highs.constants.modelStatus.optimal) keep(model.getSolution().colValue)

function keep(values: ArrayLike<number>): undefined {
  writeFileSync(
    file!,
    Array.from(values)
      .flatMap((value, c) => (value > 0.5 ? [c] : []))
      .join(' '),
  )
}

function modelOf({ columns, starts, rows, values, jobs: count, limits }: DayProgram) {
  const numCols = columns.length
  const numRows = count + limits.length
  const upper = [...Array<number>(count).fill(1), ...limits]
  return {
    numCols,
    numRows,
    colCost: Float64Array.from(columns, ({ yuan }) => yuan),
    colLower: new Float64Array(numCols),
    colUpper: new Float64Array(numCols).fill(1),
    rowLower: Float64Array.from(upper, (_, row) => (row < count ? 1 : Number.NEGATIVE_INFINITY)),
    rowUpper: Float64Array.from(upper),
    matrix: { format: 'csc' as const, numRows, numCols, starts, indices: rows, values },
    integrality: new Int32Array(numCols).fill(1),
  }
}
