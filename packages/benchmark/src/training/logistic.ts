import type { Matrix } from '../data-set/table.ts'
import { solveCholesky } from './cholesky.ts'
import { softmaxInPlace } from './softmax.ts'
import { type Standard, standardise, standardOf } from './standardise.ts'

export interface LogisticFit extends Standard {
  /** `coefficients[class][feature]`. */
  readonly coefficients: readonly Float64Array[]
  /** They add up to zero. */
  readonly intercepts: Float64Array
}

export interface LogisticOptions {
  readonly classes: number
  /** Loss = sum of cross entropies + penalty / 2 * squared coefficients; the intercepts are almost free. */
  readonly penalty: number
}

/** Intercepts may move together without changing anything; this much penalty keeps the steps solvable. */
const INTERCEPT_PENALTY = 1e-9
const STEPS = 100
const TOLERANCE = 1e-10

/** Multinomial logistic regression over standardised features by damped Newton steps. `target` holds class numbers. */
export function fitLogistic(features: Matrix, target: Float64Array, options: LogisticOptions): LogisticFit {
  const standard = standardOf(features)
  const width = features.names.length + 1
  const problem = { values: withOnes(standardise(features, standard), width), target, width, ...options }
  const weights = descend(problem)
  const rows = Array.from({ length: options.classes }, (_, k) => weights.subarray(k * width, (k + 1) * width))
  const intercepts = Float64Array.from(rows, (row) => row[width - 1]!)
  const shift = intercepts.reduce((sum, value) => sum + value / options.classes, 0)
  return {
    ...standard,
    coefficients: rows.map((row) => row.slice(0, width - 1)),
    intercepts: intercepts.map((value) => value - shift),
  }
}

interface Problem extends LogisticOptions {
  /** Row-major, the last column is 1. */
  readonly values: Float64Array
  readonly target: Float64Array
  readonly width: number
}

function withOnes(values: Float64Array, width: number): Float64Array {
  const out = new Float64Array((values.length / (width - 1)) * width).fill(1)
  for (let at = 0; at < values.length; at += 1) out[at + Math.floor(at / (width - 1))] = values[at]!
  return out
}

function descend(problem: Problem): Float64Array {
  let weights = new Float64Array(problem.classes * problem.width)
  let loss = lossOf(problem, weights)
  for (let step = 0; step < STEPS; step += 1) {
    const { gradient, hessian } = derivatives(problem, weights)
    if (gradient.every((value) => Math.abs(value) < TOLERANCE * problem.target.length)) break
    const next = shorten(problem, { weights, direction: solveCholesky(hessian, gradient), loss })
    if (!next) break
    weights = next.weights
    loss = next.loss
  }
  return weights
}

interface Step {
  readonly weights: Float64Array<ArrayBuffer>
  readonly direction: Float64Array
  readonly loss: number
}

/** Halves the step until the loss falls; undefined where no step helps any more. */
function shorten(problem: Problem, { weights, direction, loss }: Step) {
  for (let share = 1; share > 1e-6; share /= 2) {
    const next = weights.map((weight, i) => weight - share * direction[i]!)
    const reached = lossOf(problem, next)
    if (reached < loss) return { weights: next, loss: reached }
  }
  return undefined
}

function penaltyAt({ width, penalty }: Problem, index: number): number {
  return index % width === width - 1 ? INTERCEPT_PENALTY : penalty
}

function scoresAt({ values, width, classes }: Problem, weights: Float64Array, row: number): Float64Array {
  const scores = new Float64Array(classes)
  for (let k = 0; k < classes; k += 1)
    for (let f = 0; f < width; f += 1) scores[k]! += weights[k * width + f]! * values[row * width + f]!
  return scores
}

function lossOf(problem: Problem, weights: Float64Array): number {
  let loss = weights.reduce((sum, weight, i) => sum + (penaltyAt(problem, i) * weight * weight) / 2, 0)
  for (let row = 0; row < problem.target.length; row += 1) {
    const scores = scoresAt(problem, weights, row)
    const highest = scores.reduce((a, b) => Math.max(a, b))
    const sum = scores.reduce((total, score) => total + Math.exp(score - highest), 0)
    loss += highest + Math.log(sum) - scores[problem.target[row]!]!
  }
  return loss
}

function derivatives(problem: Problem, weights: Float64Array) {
  const size = weights.length
  const gradient = weights.map((weight, i) => penaltyAt(problem, i) * weight)
  const hessian = new Float64Array(size * size)
  for (let i = 0; i < size; i += 1) hessian[i * size + i] = penaltyAt(problem, i)
  for (let row = 0; row < problem.target.length; row += 1) {
    const shares = scoresAt(problem, weights, row)
    softmaxInPlace(shares)
    addRow(problem, row, { shares, gradient, hessian })
  }
  return { gradient, hessian }
}

interface Sums {
  readonly shares: Float64Array
  readonly gradient: Float64Array
  readonly hessian: Float64Array
}

function addRow({ values, target, width, classes }: Problem, row: number, { shares, gradient, hessian }: Sums): void {
  const line = values.subarray(row * width, (row + 1) * width)
  for (let k = 0; k < classes; k += 1) {
    const residual = shares[k]! - (target[row] === k ? 1 : 0)
    for (let f = 0; f < width; f += 1) gradient[k * width + f]! += residual * line[f]!
    for (let other = 0; other <= k; other += 1) {
      const weight = shares[k]! * ((k === other ? 1 : 0) - shares[other]!)
      addBlock(hessian, { line, weight, at: k * width, across: other * width, size: gradient.length })
    }
  }
}

interface Block {
  readonly line: Float64Array
  readonly weight: number
  readonly at: number
  readonly across: number
  readonly size: number
}

function addBlock(hessian: Float64Array, { line, weight, at, across, size }: Block): void {
  for (let i = 0; i < line.length; i += 1)
    for (let j = 0; j < line.length; j += 1) hessian[(at + i) * size + across + j]! += weight * line[i]! * line[j]!
}
