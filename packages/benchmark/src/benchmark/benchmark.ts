import { text } from '@dengta/evidence'
import { z } from 'zod'

/** A column of the data standard. `range` is inclusive, in `unit`. Names are those of the CSV header. */
const columnStandard = z.strictObject({
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_ ]{0,63}$/),
  unit: z.string(),
  kind: z.enum(['number', 'category']),
  /** `feature` goes to models, `target` is predicted, `period`, `group` and `part` slice the hidden rows, `ignored` is kept only. */
  use: z.enum(['feature', 'target', 'period', 'group', 'part', 'ignored']),
  range: z.tuple([z.number(), z.number()]).optional(),
  /** The labels of a category; for a class target also their order in every score. */
  values: z.array(z.string()).min(2).optional(),
})
export type ColumnStandard = z.infer<typeof columnStandard>

const shares = { hiddenShare: z.number().gt(0).lt(1), salt: z.string().min(8) }

/** How rows are divided into the open and the hidden part. */
const splitRule = z.discriminatedUnion('kind', [
  /** Rows whose `column` is above `openUntil` are hidden. */
  z.strictObject({ kind: z.literal('time'), column: z.string(), openUntil: z.number() }),
  /** All rows that agree in `columns` go to one side; the side is a salted hash of their values. */
  z.strictObject({ kind: z.literal('group'), columns: z.array(z.string()).min(1), ...shares }),
  /** Each row alone, by a salted hash of its number. */
  z.strictObject({ kind: z.literal('random'), ...shares }),
  /** As published elsewhere: rows whose `column` equals `hidden` are hidden. */
  z.strictObject({ kind: z.literal('published'), column: z.string(), hidden: z.string() }),
])
export type SplitRule = z.infer<typeof splitRule>

const METRICS = ['r2', 'mae', 'rmse', 'accuracy', 'macro-f1'] as const

/**
 * A benchmark as its owner writes it (YAML). `reference` adds delayed feedback columns `ref.<name>` for every feature and the
 * target: the mean over `windowRows` rows that end `delayRows` rows before the present one, in file order. A model that adapts uses them.
 */
export const benchmarkDefinition = z.strictObject({
  benchmark: z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/),
  title: text,
  task: z.enum(['regression', 'classification']),
  columns: z.array(columnStandard).min(2).max(512),
  split: splitRule,
  /** `all`: hidden rows never leave. `target`: their features may be downloaded, which predictions need. */
  hidden: z.enum(['all', 'target']),
  reference: z.strictObject({ delayRows: z.number().int().min(1), windowRows: z.number().int().min(1) }).optional(),
  metric: z.enum(METRICS),
  guards: z.array(z.enum(METRICS)),
  acceptance: z.strictObject({ threshold: z.number(), worstGroupFloor: z.number() }),
  interval: z.strictObject({
    level: z.number().gt(0.5).lt(1),
    resamples: z.number().int().min(100).max(10_000),
    /** Rows of one bootstrap block: 1 for independent rows, a correlation length for series. */
    blockRows: z.number().int().min(1),
    seed: z.number().int(),
  }),
  /** Parts of the hidden rows with fewer rows than this are merged, so that no score shows single rows. */
  minimumPartRows: z.number().int().min(5),
  leak: z.strictObject({
    exactVectors: z.number().int().min(0),
    nearShare: z.number().min(0),
    nearDistance: z.number().gt(0),
  }),
  forms: z.array(z.enum(['predictions', 'linear', 'trees', 'onnx'])).min(1),
  limits: z.strictObject({
    modelBytes: z.number().int().positive(),
    wallSeconds: z.number().positive(),
    memoryBytes: z.number().int().positive(),
  }),
  /** Scored submissions that one participant may make. */
  queryBudget: z.number().int().positive(),
})
export type BenchmarkDefinition = z.infer<typeof benchmarkDefinition>

/** Whether more is better. */
export function directionOf(metric: BenchmarkDefinition['metric']): 'higher' | 'lower' {
  return metric === 'mae' || metric === 'rmse' ? 'lower' : 'higher'
}

/** The one target column. */
export function targetOf(definition: BenchmarkDefinition): ColumnStandard {
  const target = definition.columns.find((column) => column.use === 'target')
  if (!target) throw new TypeError('a checked definition has a target')
  return target
}

/** The inputs of a model, in order: features, then the reference columns where the benchmark has them. */
export function modelInputs(definition: BenchmarkDefinition): readonly string[] {
  const features = definition.columns.filter((column) => column.use === 'feature').map((column) => column.name)
  if (!definition.reference) return features
  return [...features, ...features.map((name) => `ref.${name}`), `ref.${targetOf(definition).name}`]
}

/** A benchmark as the house keeps it. Digests are SHA-256, hexadecimal. */
export interface Benchmark {
  readonly id: string
  readonly scenario: string | undefined
  readonly owner: string
  readonly definition: BenchmarkDefinition
  readonly definitionDigest: string
  /** The definition as handed in, a blob. */
  readonly file: string
  readonly record: string
  readonly createdAt: Date
}
