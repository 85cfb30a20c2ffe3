import { z } from 'zod'
import { digest, header, origin, quantity, text } from './common.ts'

/** A participant joins the house with a public key. */
export const participantPredicate = z.strictObject({
  ...header,
  participant: z.string(),
  name: z.string(),
  roles: z.array(z.enum(['owner', 'developer', 'operator', 'auditor'])),
  key: z.strictObject({ algorithm: z.enum(['ed25519', 'sm2']), spki: z.string() }),
})

/** What hurts: a decision that somebody takes, with a measured baseline. Words without a measure do not pass G0. */
export const painPoint = z.strictObject({
  decision: text,
  actor: text,
  quantity: text,
  unit: z.string(),
  place: text,
  frequency: text,
  baseline: quantity,
})

/** A checkable criterion: metric, direction, threshold on the bound of the interval, and the floor of the worst group. */
export const acceptanceCriterion = z.strictObject({
  id: z.string(),
  benchmark: z.string(),
  metric: z.string(),
  direction: z.enum(['higher', 'lower']),
  /** The 95 % bound on the unfavourable side must reach this. */
  threshold: z.number(),
  unit: z.string(),
  /** The score of the worst group or period must reach this. */
  worstGroupFloor: z.number(),
  /** Rows needed for the interval to be narrow enough to decide. */
  minimumRows: z.number().int().positive(),
})

/** A scenario as its owner states it: pain point and requirement. A later record of the same scenario replaces an earlier one. */
export const scenarioPredicate = z.strictObject({
  ...header,
  title: text,
  industry: z.string(),
  owner: z.string(),
  origin,
  painPoint,
  requirement: z.strictObject({
    summary: text,
    criteria: z.array(acceptanceCriterion),
    /** Cost of each kind of error, so that a threshold can be argued about. */
    errorCosts: z.array(z.strictObject({ error: text, cost: quantity })),
    guardMetrics: z.array(z.string()),
    measurement: text,
  }),
  /** SHA-256 of the scenario file as handed in. */
  file: digest,
})

/** A benchmark definition, by the digest of its canonical form. */
export const benchmarkPredicate = z.strictObject({
  ...header,
  benchmark: z.string(),
  title: text,
  task: z.enum(['regression', 'classification']),
  metric: z.string(),
  direction: z.enum(['higher', 'lower']),
  split: z.strictObject({ kind: z.enum(['time', 'group', 'random', 'published']), rule: text }),
  definition: digest,
})

/** A data set sealed by its owner: a salted Merkle commitment over rows; the hidden part never leaves. */
export const sealPredicate = z.strictObject({
  ...header,
  benchmark: z.string(),
  dataset: z.string(),
  origin,
  licence: z.string(),
  source: z.string(),
  rows: z.number().int(),
  openRows: z.number().int(),
  hiddenRows: z.number().int(),
  columns: z.array(
    z.strictObject({ name: z.string(), unit: z.string(), kind: z.enum(['number', 'category', 'time', 'text']) }),
  ),
  /** Root of the RFC 6962 tree over salted row digests, all rows in file order. */
  commitment: digest,
  /** The same over the hidden rows alone. */
  hiddenCommitment: digest,
  /** SHA-256 of the open part as served for download. */
  openPart: digest,
  definition: digest,
})

/** What the quality check found. Counts only: no value of a row appears. */
export const qualityPredicate = z.strictObject({
  ...header,
  benchmark: z.string(),
  dataset: z.string(),
  verdict: z.enum(['pass', 'fail']),
  rowsChecked: z.number().int(),
  faults: z.array(z.strictObject({ code: z.string(), column: z.string(), count: z.number().int() })),
  report: digest,
})

/** Rows that stand on both sides of the split: exact, and nearly so. */
export const leakPredicate = z.strictObject({
  ...header,
  benchmark: z.string(),
  dataset: z.string(),
  verdict: z.enum(['pass', 'fail']),
  /** Distinct feature vectors that stand in both parts. */
  exactVectors: z.number().int(),
  /** Hidden rows whose vector also stands in the open part. */
  exactRows: z.number().int(),
  /** Hidden rows with an open neighbour closer than `nearDistance` in standardised features, exact ones left out. */
  nearRows: z.number().int(),
  nearDistance: z.number(),
  hiddenRows: z.number().int(),
  limits: z.strictObject({ exactVectors: z.number().int(), nearShare: z.number() }),
})
