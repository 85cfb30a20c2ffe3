import { highsLoaded } from './highs.ts'
import type { Held, LinearColumns, LinearModel, OpenLinearModel } from './linear-model.ts'

type Highs = Awaited<ReturnType<typeof highsLoaded>>
type HighsModel = ReturnType<Highs['createModel']>

/** Steps of the simplex method for all solves of a model together; days of 1,000 jobs take a third of it. */
const MOST_STEPS = 300_000

/** Dual simplex goes on where limits changed, primal simplex where columns were added (HiGHS' numbers). */
const STRATEGY = { dual: 1, primal: 4 } as const

const BOUNDS: Readonly<Record<Held, readonly [lower: number, upper: number]>> = {
  free: [0, 1],
  in: [1, 1],
  out: [0, 0],
}

/** HiGHS (WASM) as solver of linear programs; the same program is solved the same way on every machine. */
export async function loadHighs(): Promise<OpenLinearModel> {
  const highs = await highsLoaded()
  return (limits, columns) => modelOf(highs, limits, columns)
}

function modelOf(highs: Highs, limits: Float64Array, columns: LinearColumns): LinearModel {
  const model = highs.createModel(dataOf(limits, columns))
  model.options.set({ output_flag: false })
  let grown = false
  let left = MOST_STEPS
  return {
    solve: (most = Number.MAX_VALUE) => {
      if (left <= 0) return undefined
      const strategy = grown ? STRATEGY.primal : STRATEGY.dual
      model.options.set({ objective_bound: most, simplex_strategy: strategy, simplex_iteration_limit: left })
      grown = false
      if (!runs(model)) return undefined
      left -= Number(model.info.get('simplex_iteration_count'))
      const solved = model.getModelStatus() === highs.constants.modelStatus.optimal
      return solved && model.getObjectiveValue() <= most ? model.getObjectiveValue() : undefined
    },
    optimum: () => {
      const { colValue, rowDual } = model.getSolution()
      return { values: colValue, prices: rowDual.map((dual) => Math.max(0, -dual)) }
    },
    hold: (held, as) => hold(model, held, as),
    add: (more) => {
      grown = true
      add(model, limits.length, more)
    },
    mark: () => {
      const basis = model.getBasis()
      return () => void model.setBasis(basis)
    },
    close: () => model.dispose(),
  }
}

/** False where HiGHS itself fails, as for want of memory: to the caller a solver that gives up. */
function runs(model: HighsModel): boolean {
  try {
    model.run()
    return true
  } catch {
    return false
  }
}

function dataOf(limits: Float64Array, columns: LinearColumns) {
  const numRows = limits.length
  return {
    ...{ numCols: columns.cost.length, numRows, colCost: columns.cost },
    ...boundsOf(columns.cost.length),
    rowLower: new Float64Array(numRows).fill(Number.NEGATIVE_INFINITY),
    rowUpper: limits,
    matrix: matrixOf(numRows, columns),
  }
}

function boundsOf(count: number) {
  return { colLower: new Float64Array(count), colUpper: new Float64Array(count).fill(1) }
}

function matrixOf(numRows: number, { cost, starts, rows, values }: LinearColumns) {
  return { format: 'csc' as const, numRows, numCols: cost.length, starts, indices: rows, values }
}

function hold(model: HighsModel, columns: Int32Array, held: Held): void {
  if (columns.length === 0) return
  const [lower, upper] = BOUNDS[held]
  const indices = columns.toSorted()
  const all = (value: number): Float64Array => new Float64Array(indices.length).fill(value)
  model.changeColsBounds({ kind: 'set', indices }, all(lower), all(upper))
}

function add(model: HighsModel, numRows: number, columns: LinearColumns): void {
  if (columns.cost.length === 0) return
  const { colLower: lower, colUpper: upper } = boundsOf(columns.cost.length)
  model.addCols({ cost: columns.cost, lower, upper, matrix: matrixOf(numRows, columns) })
}
