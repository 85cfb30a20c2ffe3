import type { Matrix } from '../data-set/table.ts'
import type { LinearModel } from './linear-format.ts'
import type { ModelTask } from './model-task.ts'
import type { TreeModel } from './tree-format.ts'

/** Small models of every kind for tests, over three inputs. */
export const sampleTask: ModelTask = { task: 'regression', inputs: ['A', 'B', 'ref.Y'], classes: [] }
export const sampleClassTask: ModelTask = {
  task: 'classification',
  inputs: ['A', 'B', 'ref.Y'],
  classes: ['low', 'mid', 'high'],
}

const head = {
  inputs: ['A', 'B', 'ref.Y'],
  features: ['B', { log10: 'A' }, { minus: ['A', 'ref.Y'] as [string, string] }],
}

export const sampleLinear: LinearModel = {
  format: 'dengta-linear/v1',
  task: 'regression',
  ...head,
  offset: 'ref.Y',
  centre: [0.5, -1, 0],
  scale: [2, 0.5, 1],
  coefficients: [1.5, -2, 0.25],
  intercept: 3,
}

export const sampleClassLinear: LinearModel = {
  format: 'dengta-linear/v1',
  task: 'classification',
  ...head,
  classes: ['high', 'low', 'mid'],
  centre: [0, 0, 0],
  scale: [1, 1, 1],
  coefficients: [
    [1, 0.5, 0],
    [-1, 0.1, 0.3],
    [0, -0.4, 0.2],
  ],
  intercept: [0, 0.1, 0.2],
}

const stump = (output: number, split: number, threshold: number, [low, high]: [number, number]) => ({
  output,
  feature: [split, -1, -1],
  threshold: [threshold, 0, 0],
  left: [1, 0, 0],
  right: [2, 0, 0],
  value: [0, low, high],
})

export const sampleTrees: TreeModel = {
  format: 'dengta-trees/v1',
  task: 'regression',
  ...head,
  offset: 'ref.Y',
  base: [1],
  trees: [stump(0, 0, 0.3, [1, 2]), stump(0, 1, 0.1, [-3, 4]), stump(0, 2, 0.5, [0.1, 0.2])],
}

export const sampleClassTrees: TreeModel = {
  format: 'dengta-trees/v1',
  task: 'classification',
  ...head,
  classes: ['high', 'low', 'mid'],
  base: [0, 0.1, -0.1],
  trees: [stump(0, 0, 0.3, [0, 1]), stump(1, 1, 0.1, [0.5, 0]), stump(2, 2, 0.5, [0.2, 0.7])],
}

/** Rows that look random and are always the same. */
export function sampleInputs(rows: number): Matrix {
  const values = Float64Array.from({ length: rows * 3 }, (_, i) => Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 2)
  return { rows, names: ['A', 'B', 'ref.Y'], values }
}
