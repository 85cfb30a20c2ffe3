import { highsLoaded } from '../linear/highs.ts'

/** To be made as large as it can be: columns from 0 to `upper`, rows at most `limits`, entries column by column. */
export interface LinearProgram {
  readonly worth: readonly number[]
  readonly upper: readonly number[]
  readonly entries: readonly (readonly (readonly [row: number, value: number])[])[]
  readonly limits: readonly number[]
  /** Columns must be whole numbers; then rows have no prices. */
  readonly whole?: boolean | undefined
}

/** Values of the columns, and what one more unit of each row's limit would be worth (zero or more). */
export interface LinearSolution {
  readonly columns: Float64Array
  readonly prices: Float64Array
}

/** The optimum by HiGHS (WASM), loaded when first needed. Throws where HiGHS does not call it optimal. */
export async function solveLinear(program: LinearProgram): Promise<LinearSolution> {
  const highs = await highsLoaded()
  const model = highs.createModel(modelOf(program))
  try {
    model.options.set({ output_flag: false, mip_rel_gap: 1e-9, mip_abs_gap: 1e-9 })
    model.run()
    const status = model.getModelStatus()
    if (status !== highs.constants.modelStatus.optimal)
      throw new Error(`HiGHS ended with status ${status}, not optimal`)
    const { colValue, rowDual } = model.getSolution()
    return { columns: Float64Array.from(colValue), prices: Float64Array.from(rowDual, Math.abs) }
  } finally {
    model.dispose()
  }
}

function modelOf({ worth, upper, entries, limits, whole = false }: LinearProgram) {
  const numCols = worth.length
  const numRows = limits.length
  const starts = new Int32Array(numCols + 1)
  for (const [c, column] of entries.entries()) starts[c + 1] = starts[c]! + column.length
  const flat = entries.flat()
  return {
    numCols,
    numRows,
    colCost: Float64Array.from(worth, (value) => -value),
    colLower: new Float64Array(numCols),
    colUpper: Float64Array.from(upper),
    rowLower: new Float64Array(numRows).fill(Number.NEGATIVE_INFINITY),
    rowUpper: Float64Array.from(limits),
    matrix: {
      format: 'csc' as const,
      numRows,
      numCols,
      starts,
      indices: Int32Array.from(flat, ([row]) => row),
      values: Float64Array.from(flat, ([, value]) => value),
    },
    ...(whole && { integrality: new Int32Array(numCols).fill(1) }),
  }
}
