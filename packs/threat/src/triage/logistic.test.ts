import { expect, test } from 'vitest'
import { contribution, fitLogistic, logisticScore } from './logistic.ts'

const COUNT = 60

/** Sixty rows of three columns, weights 1, 1.5, 2 or 2.5, twenty of them 1. */
function oracleData() {
  const rows = new Float64Array(3 * COUNT)
  const labels = new Uint8Array(COUNT)
  const weights = new Float64Array(COUNT)
  for (let i = 0; i < COUNT; i += 1) {
    const row = [((i * 37) % 61) / 10 - 3, ((i * 53) % 59) / 7, ((i * 29) % 31) % 3] as const
    rows.set(row, 3 * i)
    labels[i] = row[0] + 0.3 * row[1] - row[2] + ((i * 17) % 13) / 4 - 1.5 > 1.2 ? 1 : 0
    weights[i] = 1 + (i % 4) / 2
  }
  return { width: 3, rows, labels, weights }
}

// scikit-learn 1.2.1, LogisticRegression(C = 1 / ridge, lbfgs, tol 1e-12) on standardised columns with sample weights
test.each([
  [1, -1.30234, [2.13008, 0.65899, -0.79987]],
  [0.1, -1.56749, [2.6347, 0.84354, -1.03756]],
] as const)('ridge %d gives the weights of scikit-learn', (ridge, intercept, weights) => {
  const model = fitLogistic(oracleData(), { ridge })
  expect(model.intercept).toBeCloseTo(intercept, 4)
  for (const [column, weight] of weights.entries()) expect(model.weights[column]).toBeCloseTo(weight, 4)
})

test('the score is the intercept and what each column adds', () => {
  const data = oracleData()
  const model = fitLogistic(data, { ridge: 1 })
  const row = data.rows.subarray(0, 3)
  const added = [0, 1, 2].reduce((sum, column) => sum + contribution(model, row, column), model.intercept)
  expect(logisticScore(model, row)).toBeCloseTo(added, 12)
})

test('a constant column weighs nothing; without rows of one kind the fit stays finite', () => {
  const data = {
    width: 1,
    rows: new Float64Array(10).fill(4),
    labels: new Uint8Array(10),
    weights: new Float64Array(10).fill(1),
  }
  const model = fitLogistic(data, { ridge: 1 })
  expect(model.weights[0]).toBeCloseTo(0, 9)
  expect(Number.isFinite(logisticScore(model, [7]))).toBe(true)
})

test('without other columns the score is the log-odds of the weighted share', () => {
  const labels = Uint8Array.from([1, 0, 0])
  const model = fitLogistic(
    { width: 1, rows: new Float64Array(3), labels, weights: Float64Array.from([2, 1, 3]) },
    { ridge: 1 },
  )
  expect(model.intercept).toBeCloseTo(Math.log(2 / 4), 6)
})
