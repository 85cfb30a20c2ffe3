import { solveSymmetric } from './solve-symmetric.ts'

/** Rows of equal width, one after the other, with what they were and how much each weighs. */
export interface LogisticData {
  readonly width: number
  readonly rows: Float64Array
  /** 1 or 0. */
  readonly labels: Uint8Array
  readonly weights: Float64Array
}

/** score = intercept + sum of weight x (value - centre) / scale; a log-odds. */
export interface LogisticModel {
  readonly intercept: number
  readonly weights: Float64Array
  readonly centre: Float64Array
  readonly scale: Float64Array
}

export interface LogisticOptions {
  /** Half of it times the squared weights (not the intercept) is added to the log loss; scikit-learn's 1 / C. */
  readonly ridge: number
}

const MAX_STEPS = 60
const TOLERANCE = 1e-9

/** Ridge logistic regression on standardised columns by Newton's method with step halving. Constant columns weigh 0. */
export function fitLogistic(data: LogisticData, { ridge }: LogisticOptions): LogisticModel {
  const { centre, scale } = standardisation(data)
  const problem = { data: standardised(data, centre, scale), ridge }
  let weights: Float64Array = new Float64Array(data.width + 1)
  let loss = lossOf(problem, weights)
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const next = newtonStep(problem, weights, loss)
    if (next === undefined) break
    const gain = loss - next.loss
    weights = next.weights
    loss = next.loss
    if (gain <= TOLERANCE * Math.max(1, loss)) break
  }
  return { intercept: weights[data.width]!, weights: weights.slice(0, data.width), centre, scale }
}

export function logisticScore(model: LogisticModel, row: ArrayLike<number>): number {
  let score = model.intercept
  for (let column = 0; column < model.weights.length; column += 1) score += contribution(model, row, column)
  return score
}

/** What one column adds to the score, against the average of the cases learnt from. */
export function contribution(
  { weights, centre, scale }: LogisticModel,
  row: ArrayLike<number>,
  column: number,
): number {
  return (weights[column]! * (row[column]! - centre[column]!)) / scale[column]!
}

interface Problem {
  readonly data: LogisticData
  readonly ridge: number
}

function newtonStep(problem: Problem, weights: Float64Array, loss: number) {
  const { gradient, hessian } = derivatives(problem, weights)
  const direction = solveSymmetric(hessian, gradient)
  for (let size = 1; size > 1e-6; size /= 2) {
    const next = weights.map((weight, column) => weight - size * direction[column]!)
    const nextLoss = lossOf(problem, next)
    if (nextLoss < loss) return { weights: next, loss: nextLoss }
  }
  return undefined
}

function derivatives({ data, ridge }: Problem, weights: Float64Array) {
  const { width, rows } = data
  const size = width + 1
  const gradient = new Float64Array(size)
  const hessian = new Float64Array(size * size)
  for (let row = 0; row < data.labels.length; row += 1) {
    const at = row * width
    const chance = 1 / (1 + Math.exp(-marginOf(data, weights, row)))
    const pull = data.weights[row]! * (chance - data.labels[row]!)
    const curve = data.weights[row]! * chance * (1 - chance)
    for (let one = 0; one < size; one += 1) {
      const value = one === width ? 1 : rows[at + one]!
      gradient[one]! += pull * value
      const scaled = curve * value
      for (let other = 0; other <= one; other += 1) {
        hessian[one * size + other]! += scaled * (other === width ? 1 : rows[at + other]!)
      }
    }
  }
  for (let column = 0; column < width; column += 1) {
    gradient[column]! += ridge * weights[column]!
    hessian[column * size + column]! += ridge
  }
  hessian[size * size - 1]! += 1e-9
  return { gradient, hessian }
}

function lossOf({ data, ridge }: Problem, weights: Float64Array): number {
  let loss = 0
  for (let row = 0; row < data.labels.length; row += 1) {
    const margin = marginOf(data, weights, row) * (data.labels[row] === 1 ? 1 : -1)
    loss += data.weights[row]! * (margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin)
  }
  for (let column = 0; column < data.width; column += 1) loss += (ridge / 2) * weights[column]! ** 2
  return loss
}

function marginOf({ width, rows }: LogisticData, weights: Float64Array, row: number): number {
  let margin = weights[width]!
  for (let column = 0; column < width; column += 1) margin += weights[column]! * rows[row * width + column]!
  return margin
}

function standardisation({ width, rows }: LogisticData): { centre: Float64Array; scale: Float64Array } {
  const count = Math.max(1, rows.length / width)
  const centre = new Float64Array(width)
  const scale = new Float64Array(width)
  for (let at = 0; at < rows.length; at += 1) centre[at % width]! += rows[at]! / count
  for (let at = 0; at < rows.length; at += 1) scale[at % width]! += (rows[at]! - centre[at % width]!) ** 2 / count
  return { centre, scale: scale.map((variance) => (variance < 1e-18 ? 1 : Math.sqrt(variance))) }
}

function standardised(data: LogisticData, centre: Float64Array, scale: Float64Array): LogisticData {
  const { width } = data
  return { ...data, rows: data.rows.map((value, at) => (value - centre[at % width]!) / scale[at % width]!) }
}
