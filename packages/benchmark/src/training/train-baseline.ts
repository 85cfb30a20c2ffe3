import { canonicalJson, utf8 } from '@dengta/kernel'
import { type BenchmarkDefinition, targetOf } from '../benchmark/benchmark.ts'
import type { TrainingSet } from '../data-set/table.ts'
import type { Feature } from '../model/feature-format.ts'
import { featureMatrix, offsetColumn } from '../model/features.ts'
import type { LinearModel } from '../model/linear-format.ts'
import type { TreeModel } from '../model/tree-format.ts'
import { type BoostingOptions, boostClasses, boostRegression } from './boosting.ts'
import { fitLogistic } from './logistic.ts'
import { fitRidge } from './ridge.ts'

export const BASELINES = ['linear', 'trees', 'trees-adaptive'] as const
export type BaselineKind = (typeof BASELINES)[number]

export interface BaselineOptions {
  readonly definition: BenchmarkDefinition
  /** The open part only, see `openTrainingSet`. */
  readonly training: TrainingSet
  readonly kind: BaselineKind
  readonly seed: number
}

const REGRESSION: Omit<BoostingOptions, 'seed'> = {
  rounds: 200,
  depth: 6,
  minimumLeafRows: 20,
  penalty: 1,
  learningRate: 0.05,
  subsample: 0.7,
}
const CLASSES: Omit<BoostingOptions, 'seed'> = {
  ...REGRESSION,
  rounds: 100,
  depth: 4,
  minimumLeafRows: 5,
  learningRate: 0.1,
}
const RIDGE_PENALTY = 1
const LOGISTIC_PENALTY = 0.1
/** A column whose largest value is this many times its median is read by its logarithm in a linear model. */
const HEAVY_TAIL = 100

/** Trains a baseline. `trees-adaptive` learns differences to the reference columns of the benchmark. */
export function trainModel(options: BaselineOptions): LinearModel | TreeModel {
  return options.kind === 'linear' ? linearBaseline(options) : treeBaseline(options)
}

/** The same as a model file. */
export function trainBaseline(options: BaselineOptions): Uint8Array<ArrayBuffer> {
  return modelFile(trainModel(options))
}

export function modelFile(model: LinearModel | TreeModel): Uint8Array<ArrayBuffer> {
  return new Uint8Array(utf8(canonicalJson(model)))
}

function plainFeatures({ columns }: BenchmarkDefinition): readonly string[] {
  return columns.filter((column) => column.use === 'feature').map((column) => column.name)
}

function linearBaseline({ definition, training }: BaselineOptions): LinearModel {
  const inputs = [...plainFeatures(definition)]
  const features = inputs.map((name) => (heavyTailed(training, name) ? { log10: name } : name))
  const head = { format: 'dengta-linear/v1' as const, inputs, features }
  const matrix = featureMatrix(features, training.inputs)
  if (definition.task === 'regression') {
    const { centre, scale, coefficients, intercept } = fitRidge(matrix, training.target, RIDGE_PENALTY)
    const [centres, scales, line] = [[...centre], [...scale], [...coefficients]]
    return { ...head, task: 'regression', centre: centres, scale: scales, coefficients: line, intercept }
  }
  const { classes } = training
  const fit = fitLogistic(matrix, training.target, { classes: classes.length, penalty: LOGISTIC_PENALTY })
  return {
    ...head,
    task: 'classification',
    classes: [...classes],
    centre: [...fit.centre],
    scale: [...fit.scale],
    coefficients: fit.coefficients.map((line) => [...line]),
    intercept: [...fit.intercepts],
  }
}

function heavyTailed({ inputs }: TrainingSet, name: string): boolean {
  const column = featureMatrix([name], inputs).values.toSorted()
  return column[0]! >= 0 && column.at(-1)! > HEAVY_TAIL * column[Math.floor(column.length / 2)]!
}

function treeBaseline({ definition, training, kind, seed }: BaselineOptions): TreeModel {
  const plain = plainFeatures(definition)
  const adaptive = kind === 'trees-adaptive' && definition.reference !== undefined
  const offset = adaptive ? `ref.${targetOf(definition).name}` : undefined
  const features = offset === undefined ? [...plain] : adaptiveFeatures(plain, offset)
  const inputs = adaptive ? [...training.inputs.names] : [...plain]
  const head = { format: 'dengta-trees/v1' as const, inputs, features }
  const matrix = featureMatrix(features, training.inputs)
  if (definition.task === 'regression') {
    const added = offsetColumn(offset, training.inputs)
    const target = training.target.map((value, row) => value - added[row]!)
    const { base, trees } = boostRegression(matrix, target, { ...REGRESSION, seed })
    const shift = offset === undefined ? {} : { offset }
    return { ...head, task: 'regression', ...shift, base: [base[0]!], trees: [...trees] }
  }
  const options = { ...CLASSES, classes: training.classes.length, seed }
  const { base, trees } = boostClasses(matrix, training.target, options)
  return { ...head, task: 'classification', classes: [...training.classes], base: [...base], trees: [...trees] }
}

function adaptiveFeatures(plain: readonly string[], targetReference: string): Feature[] {
  const references = plain.map((name) => `ref.${name}`)
  const differences = plain.map((name): Feature => ({ minus: [name, `ref.${name}`] }))
  return [...differences, ...references, targetReference]
}
