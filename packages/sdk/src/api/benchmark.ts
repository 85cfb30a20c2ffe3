import { canaryProbe, PREDICATES, partScore } from '@dengta/evidence'
import { z } from 'zod'
import { origin, scoreWithInterval, text } from './common.ts'

const evaluated = PREDICATES.evaluation

export const submissionForm = PREDICATES.submission.shape.form
export type SubmissionForm = z.infer<typeof submissionForm>

export const benchmarkView = z.object({
  id: z.string(),
  scenario: z.string().optional(),
  title: text,
  task: z.enum(['regression', 'classification']),
  metric: z.string(),
  direction: z.enum(['higher', 'lower']),
  unit: z.string(),
  threshold: z.number(),
  worstGroupFloor: z.number(),
  split: z.object({ kind: z.string(), rule: text }),
  /** Columns of the data standard. `use`: feature, target, time, group, ignored. */
  columns: z.array(
    z.object({
      name: z.string(),
      unit: z.string(),
      kind: z.string(),
      use: z.string(),
      low: z.number().optional(),
      high: z.number().optional(),
    }),
  ),
  /** The feature names a model gets, in order, derived reference columns included. */
  features: z.array(z.string()),
  forms: z.array(submissionForm),
  /** The definition as YAML. */
  definition: z.string(),
  dataset: z
    .object({
      id: z.string(),
      origin,
      licence: z.string(),
      source: z.string(),
      rows: z.number().int(),
      openRows: z.number().int(),
      hiddenRows: z.number().int(),
      commitment: z.string(),
      sealRecord: z.string(),
      quality: z.object({
        verdict: z.enum(['pass', 'fail']),
        record: z.string(),
        faults: z.array(z.object({ code: z.string(), column: z.string(), count: z.number().int() })),
      }),
      leak: z.object({
        verdict: z.enum(['pass', 'fail']),
        record: z.string(),
        exactVectors: z.number().int(),
        exactRows: z.number().int(),
        nearRows: z.number().int(),
        hiddenRows: z.number().int(),
      }),
    })
    .optional(),
  /** Submissions each developer may still score here. */
  queryBudget: z.number().int(),
  record: z.string(),
})
export type BenchmarkView = z.infer<typeof benchmarkView>

export const newBenchmark = z.object({ file: z.string().max(200_000), scenario: z.string().optional() })
export type NewBenchmark = z.infer<typeof newBenchmark>

export const submissionState = z.enum(['waiting', 'running', 'scored', 'refused'])

export const submissionView = z.object({
  id: z.string(),
  benchmark: z.string(),
  name: z.string(),
  form: submissionForm,
  participant: z.string(),
  model: z.string(),
  bytes: z.number().int(),
  state: submissionState,
  submittedAt: z.string(),
  record: z.string(),
  refusal: z.object({ code: z.string(), text, record: z.string() }).optional(),
  evaluation: z
    .object({
      record: z.string(),
      result: evaluated.shape.result,
      resultDigest: z.string(),
      cost: evaluated.shape.cost,
      at: z.string(),
    })
    .optional(),
  isolation: z
    .object({
      record: z.string(),
      level: z.string(),
      held: z.boolean(),
      parts: z.array(z.string()),
      missing: z.array(z.string()),
      probes: z.array(canaryProbe),
    })
    .optional(),
  replay: z.object({ record: z.string(), same: z.boolean() }).optional(),
})
export type SubmissionView = z.infer<typeof submissionView>

export const submitQuery = z.object({ name: z.string().min(1).max(120), form: submissionForm })
export type SubmitQuery = z.infer<typeof submitQuery>

/** One row of a board. Rows of one `tier` cannot be told apart by the paired test (Holm, 5 %). */
export const boardRow = z.object({
  tier: z.number().int(),
  submission: z.string(),
  name: z.string(),
  form: submissionForm,
  participant: z.string(),
  score: scoreWithInterval,
  periods: z.array(partScore),
  groups: z.array(partScore),
  worst: z.object({ part: z.string(), value: z.number() }).optional(),
  meetsThreshold: z.boolean(),
  cpuSeconds: z.number(),
  joules: z.number(),
  record: z.string(),
  at: z.string(),
})
export type BoardRow = z.infer<typeof boardRow>

export const boardView = z.object({
  benchmark: z.string(),
  title: text,
  metric: z.string(),
  direction: z.enum(['higher', 'lower']),
  unit: z.string(),
  threshold: z.number(),
  worstGroupFloor: z.number(),
  rows: z.array(boardRow),
  refused: z.number().int(),
})
export type BoardView = z.infer<typeof boardView>

/** Options of a seal; the CSV follows as the request body. */
export const sealQuery = z.object({
  origin,
  licence: z.string().max(500),
  source: z.string().max(1000),
})
export type SealQuery = z.infer<typeof sealQuery>

/** The quality report: row and column of each fault, for the owner only. */
export const qualityReport = z.object({
  verdict: z.enum(['pass', 'fail']),
  rowsChecked: z.number().int(),
  faults: z.array(z.object({ code: z.string(), column: z.string(), row: z.number().int(), text })),
  more: z.number().int(),
})
export type QualityReport = z.infer<typeof qualityReport>

export const sealed = z.object({
  state: z.literal('sealed'),
  dataset: z.string(),
  rows: z.number().int(),
  openRows: z.number().int(),
  hiddenRows: z.number().int(),
  commitment: z.string(),
  sealRecord: z.string(),
  qualityRecord: z.string(),
  leakRecord: z.string(),
  report: qualityReport,
  leak: PREDICATES.leak.pick({ verdict: true, exactVectors: true, exactRows: true, nearRows: true, hiddenRows: true }),
})
export type Sealed = z.infer<typeof sealed>

/** The file failed the quality check: that is on record, and nothing of the file was kept. */
export const sealRefused = z.object({
  state: z.literal('refused'),
  dataset: z.string(),
  qualityRecord: z.string(),
  report: qualityReport,
})

export const sealAnswer = z.discriminatedUnion('state', [sealed, sealRefused])
export type SealAnswer = z.infer<typeof sealAnswer>

export const benchmarkList = z.object({ benchmarks: z.array(benchmarkView) })
export type BenchmarkList = z.infer<typeof benchmarkList>

export const submissionList = z.object({ submissions: z.array(submissionView) })
export type SubmissionList = z.infer<typeof submissionList>
