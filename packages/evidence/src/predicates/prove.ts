import { z } from 'zod'
import { digest, header, reason, recordId } from './common.ts'

/** A model or a table of predictions handed in, by digest. */
export const submissionPredicate = z.strictObject({
  ...header,
  submission: z.string(),
  benchmark: z.string(),
  name: z.string(),
  form: z.enum(['predictions', 'linear', 'trees', 'onnx']),
  model: digest,
  bytes: z.number().int(),
})

/** A submission that was turned away, and why. Kept: a refusal is an answer. */
export const refusalPredicate = z.strictObject({
  ...header,
  submission: z.string(),
  benchmark: z.string(),
  model: digest,
  stage: z.enum(['check', 'run', 'score']),
  code: z.string(),
  outcome: z.string(),
})

/** One attack of the canary, tried with the flags of the job that followed. */
export const canaryProbe = z.strictObject({ attack: z.string(), held: z.boolean(), seen: z.string() })

/** How well the sandbox held, just before a job. */
export const isolationPredicate = z.strictObject({
  ...header,
  submission: z.string(),
  level: z.enum(['bubblewrap', 'process']),
  held: z.boolean(),
  parts: z.array(z.string()),
  missing: z.array(z.string()),
  probes: z.array(canaryProbe),
})

export const scoreWithInterval = z.strictObject({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  level: z.number(),
  method: z.string(),
})

/** A score of a part of the hidden rows. Parts smaller than the stated minimum are merged into "other". */
export const partScore = z.strictObject({ part: z.string(), rows: z.number().int(), ...scoreWithInterval.shape })

/** What replays to the same bytes: nothing here depends on the clock or on the machine's load. */
export const evaluationResult = z.strictObject({
  benchmark: z.string(),
  definition: digest,
  model: digest,
  hiddenCommitment: digest,
  engine: z.string(),
  metric: z.string(),
  direction: z.enum(['higher', 'lower']),
  rows: z.number().int(),
  score: scoreWithInterval,
  guards: z.record(z.string(), z.number()),
  groups: z.array(partScore),
  periods: z.array(partScore),
  worst: z.strictObject({ part: z.string(), value: z.number() }).optional(),
  /** SHA-256 of the predictions as little-endian float64. */
  predictions: digest,
})

/** A score on rows that the model's maker never saw, and what it cost. */
export const evaluationPredicate = z.strictObject({
  ...header,
  submission: z.string(),
  result: evaluationResult,
  /** SHA-256 of the canonical JSON of `result`. */
  resultDigest: digest,
  isolation: recordId,
  cost: z.strictObject({
    cpuSeconds: z.number(),
    wallSeconds: z.number(),
    peakBytes: z.number().int(),
    joules: z.number(),
    joulesMethod: z.string(),
  }),
})

/** The same submission run again from its digests. */
export const replayPredicate = z.strictObject({
  ...header,
  submission: z.string(),
  evaluation: recordId,
  expected: digest,
  got: digest,
  same: z.boolean(),
})

/** A gate decided from records alone; the fields of a SLSA Verification Summary carry over one to one. */
export const gatePredicate = z.strictObject({
  ...header,
  gate: z.enum(['G1', 'G2', 'G3']),
  /** What the gate was asked about: a benchmark for G2, a submission for G3, the scenario itself for G1. */
  about: z.string(),
  decision: z.enum(['OPEN', 'CLOSED', 'NOT_PROVEN']),
  reasons: z.array(reason),
  policy: z.string(),
  verifier: z.string(),
})
