import { metricValue } from '@dengta/statistics'
import { describe, expect, test } from 'vitest'
import { predictTrees } from '../model/predict-trees.ts'
import { boostClasses, boostRegression } from './boosting.ts'
import { solveCholesky } from './cholesky.ts'
import { fitLogistic } from './logistic.ts'
import { fitRidge } from './ridge.ts'
import { overRows, rowsBetween, sampleMatrix, sampleNumbers } from './sample-rows.ts'

const small = sampleMatrix(200, 7)
const curve = overRows(small, ([a, b, c, d]) => 3 * a! - 2 * b! ** 2 + Math.sin(5 * c!) + 0.1 * d!)
const close = (found: ArrayLike<number>, expected: readonly number[], digits: number) => {
  expect(found.length).toBe(expected.length)
  expected.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, digits)
  })
}

describe('linear trainers equal scikit-learn 1.2.1', () => {
  test('ridge: StandardScaler + Ridge(alpha=2.5), to 1e-10', () => {
    const fit = fitRidge(small, curve, 2.5)
    close(fit.coefficients, [0.8484018014435457, -0.5497874141227573, -0.6199772085610855, -0.008229023835847638], 10)
    expect(fit.intercept).toBeCloseTo(1.1416011041516019, 10)
  })
  test('logistic: StandardScaler + LogisticRegression(C=2), to 1e-6', () => {
    const [low, high] = [Math.min(...curve), Math.max(...curve)]
    const classes = curve.map((value) => Math.floor(Math.min(((value - low) / (high - low)) * 3, 2.999)))
    const fit = fitLogistic(small, classes, { classes: 3, penalty: 0.5 })
    close(fit.coefficients[0]!, [-2.787142663496897, 1.632225099401146, 2.010479888359587, -0.03696180689269553], 6)
    close(fit.coefficients[1]!, [0.1082893279921451, -0.11217647538956907, -0.3668928934228699, 0.09644922395799956], 6)
    close(fit.intercepts, [-2.172560717156161, 2.223329264926338, -0.05076854777016816], 6)
  })
  test('a matrix that is not positive definite is said so', () => {
    expect(() => solveCholesky(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))).toThrow(RangeError)
  })
})

const rows = sampleMatrix(6000, 11)
const noise = sampleNumbers(6000, 13)
const target = overRows(rows, ([a, b, c, d], row) => {
  return Math.sin(6 * a!) * b! + (c! > 0.5 ? d! : 0) + 0.3 * a! + 0.3 * (noise[row]! - 0.5)
})
const grown = { penalty: 1, minimumLeafRows: 20, subsample: 1, seed: 1 }
const [known, unseen] = [rowsBetween(rows, 0, 4000), rowsBetween(rows, 4000, 6000)]

describe('boosted trees', () => {
  test('regression: R2 on unseen rows within 0.005 of HistGradientBoostingRegressor (0.9619)', () => {
    const fit = boostRegression(known, target.slice(0, 4000), { ...grown, rounds: 200, depth: 6, learningRate: 0.05 })
    const model = { format: 'dengta-trees/v1', task: 'regression', inputs: rows.names, features: rows.names } as const
    const predicted = predictTrees({ ...model, base: [fit.base[0]!], trees: fit.trees } as never, unseen, [])
    expect(metricValue('r2', target.slice(4000), predicted, 0)).toBeGreaterThan(0.957)
  })
  test('classes: accuracy on unseen rows within 0.01 of HistGradientBoostingClassifier (0.872)', () => {
    const labels = target.map((value) => (value >= 0.5 ? 2 : value >= 0 ? 1 : 0))
    const options = { ...grown, rounds: 100, depth: 4, learningRate: 0.1, classes: 3 }
    const fit = boostClasses(known, labels.slice(0, 4000), options)
    const classes = ['0', '1', '2']
    const model = {
      format: 'dengta-trees/v1',
      task: 'classification',
      inputs: rows.names,
      features: rows.names,
      classes,
    }
    const predicted = predictTrees({ ...model, ...fit } as never, unseen, classes)
    expect(metricValue('accuracy', labels.slice(4000), predicted, 3)).toBeGreaterThan(0.862)
  })
  test('the same seed gives the same trees, another seed others', () => {
    const options = { ...grown, rounds: 3, depth: 3, learningRate: 0.1, subsample: 0.5 }
    const once = JSON.stringify(boostRegression(small, curve, options))
    expect(JSON.stringify(boostRegression(small, curve, options))).toBe(once)
    expect(JSON.stringify(boostRegression(small, curve, { ...options, seed: 2 }))).not.toBe(once)
  })
  test('no leaf holds fewer rows than asked, and no tree is deeper', () => {
    const { trees } = boostRegression(small, curve, {
      ...grown,
      rounds: 1,
      depth: 2,
      learningRate: 1,
      minimumLeafRows: 60,
    })
    expect(trees[0]!.feature.filter((split) => split < 0).length).toBeLessThanOrEqual(3)
  })
})
