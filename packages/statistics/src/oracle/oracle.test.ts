import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as s from '../index.ts'
import { quantile } from '../interval/bca-interval.ts'

type Case = readonly [input: readonly (number | number[])[], output: readonly number[]]
const figures: { cases: Record<string, Case[]> } = JSON.parse(
  readFileSync(new URL('figures.json', import.meta.url), 'utf8'),
)

/** Relative past 1, absolute below it, but relative again for small figures such as tail probabilities. */
function closeTo(got: number, wanted: number): boolean {
  return Math.abs(got - wanted) <= 1e-9 * Math.abs(wanted) + 1e-15
}

/** Truth and two predictions made from a seed, as the program that wrote the figures made them. */
function columns(seed: number, rows: number, classes: number): [Float64Array, Float64Array, Float64Array] {
  const random = s.seededRandom(seed)
  const u = () => s.uniform(random)
  const out = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)] as const
  for (let row = 0; row < rows; row += 1) {
    const truth = classes > 0 ? Math.floor(u() * classes) : 10 * u()
    const answer = (share: number, width: number) =>
      classes > 0 ? (u() < share ? truth : Math.floor(u() * classes)) : truth + width * (u() - 0.5)
    out[0][row] = truth
    out[1][row] = answer(0.7, 2)
    out[2][row] = answer(0.6, 2.4)
  }
  return [...out]
}

const ends = ({ low, high }: s.Interval) => [low, high]
type Figures = (...input: number[]) => number[]
const special: Record<string, Figures> = {
  logGamma: (x) => [s.logGamma(x!)],
  incompleteBeta: (x, a, b) => [s.incompleteBeta(x!, a!, b!)],
  inverseIncompleteBeta: (p, a, b) => [s.inverseIncompleteBeta(p!, a!, b!)],
  betaDensity: (x, a, b) => [s.betaDensity(x!, a!, b!)],
  normalDensity: (x) => [s.normalDensity(x!)],
  normalProbability: (x) => [s.normalProbability(x!)],
  normalQuantile: (p) => [s.normalQuantile(p!)],
  studentProbability: (t, freedom) => [s.studentProbability(t!, freedom!)],
  studentQuantile: (p, freedom) => [s.studentQuantile(p!, freedom!)],
  binomialProbability: (k, n, p) => [s.binomialProbability(k!, n!, p!)],
  exactSignTest: (plus, minus) => [s.exactSignTest(plus!, minus!)],
  rowsForRate: (limit, truth, confidence, power) => {
    const { first, safe } = s.rowsForRate({ limit: limit!, truth: truth!, confidence: confidence!, power: power! })
    return [first, safe]
  },
}
const proportions: Record<string, Figures> = Object.fromEntries(
  Object.entries({
    clopperPearson: s.clopperPearson,
    clopperPearsonUpper: s.clopperPearsonUpper,
    clopperPearsonLower: s.clopperPearsonLower,
    wilson: s.wilson,
    wilsonUpper: s.wilsonUpper,
    wilsonLower: s.wilsonLower,
    jeffreys: s.jeffreys,
    jeffreysUpper: s.jeffreysUpper,
    jeffreysLower: s.jeffreysLower,
  }).map(([name, bound]): [string, Figures] => [
    name,
    (successes, trials, level) => {
      const answer = bound({ successes: successes!, trials: trials! }, level!)
      return typeof answer === 'number' ? [answer] : ends(answer)
    },
  ]),
)
const overColumns: Record<string, Figures> = {
  confusionMatrix: (seed, rows, classes) => {
    const [truth, first] = columns(seed!, rows!, classes!)
    return [...s.confusionMatrix(truth, first, classes!)]
  },
  mcnemar: (seed, rows, classes) => [s.mcnemar(...columns(seed!, rows!, classes!))],
}
for (const metric of s.METRICS) {
  overColumns[`metricValue ${metric}`] = (seed, rows, classes) => {
    const [truth, first] = columns(seed!, rows!, classes!)
    return [s.metricValue(metric, truth, first, classes!)]
  }
  overColumns[`metricValue every third row ${metric}`] = (seed, rows, classes) => {
    const [truth, first] = columns(seed!, rows!, classes!)
    const third = Int32Array.from({ length: Math.ceil(rows! / 3) }, (_, i) => 3 * i)
    return [s.metricValue(metric, truth, first, classes!, third)]
  }
  const interval = (data: number[], [blockRows, resamples, seed]: number[]) => {
    const [truth, predicted] = columns(data[0]!, data[1]!, data[2]!)
    const options = { metric, truth, predicted, classes: data[2]!, blockRows: blockRows!, resamples: resamples! }
    const { value, low, high } = s.scoreInterval({ ...options, seed: seed!, level: 0.95 })
    return [value, low, high]
  }
  overColumns[`scoreInterval rows ${metric}`] = (...x) => interval(x.slice(0, 3), [1, x[3]!, x[4]!])
  overColumns[`scoreInterval blocks ${metric}`] = (...x) => interval(x.slice(0, 3), x.slice(3))
  overColumns[`pairedTest blocks ${metric}`] = (...x) => paired(x.slice(0, 3), x.slice(3))
  const paired = (data: number[], [blockRows, resamples, seed]: number[]) => {
    const [truth, first, second] = columns(data[0]!, data[1]!, data[2]!)
    const options = { metric, truth, first, second, classes: data[2]!, blockRows: blockRows!, resamples: resamples! }
    const { difference, pValue } = s.pairedTest({ ...options, seed: seed! })
    return [difference, pValue]
  }
}
const scalar: Record<string, Figures> = { ...special, ...proportions, ...overColumns }

function figuresOf(name: string): (input: Case[0]) => readonly number[] {
  if (name === 'holm') return ([p]) => s.holm(p as number[])
  if (name === 'benjaminiHochberg') return ([p]) => s.benjaminiHochberg(p as number[])
  if (name === 'quantile') return ([values, p]) => [quantile(Float64Array.from(values as number[]).sort(), p as number)]
  const figure = scalar[name] ?? scalar[name.replace(/ (large|rare|tail)$/, '')]
  if (!figure) throw new Error(`no function for the oracle's case ${name}`)
  return (input) => figure(...(input as number[]))
}

describe('figures of scipy, scikit-learn and statsmodels to 1e-9', () => {
  test('there are at least 40 kinds of case', () => {
    expect(Object.keys(figures.cases).length).toBeGreaterThanOrEqual(40)
  })
  test.each(Object.entries(figures.cases))('%s', (name, cases) => {
    const figure = figuresOf(name)
    const wrong = cases
      .map(([input, wanted]) => ({ input, wanted, got: figure(input) }))
      .filter(({ wanted, got }) => wanted.length !== got.length || !wanted.every((value, i) => closeTo(got[i]!, value)))
    expect(wrong).toEqual([])
  })
})
