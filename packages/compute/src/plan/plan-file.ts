import { planEffort, planTerms } from '@dengta/evidence'
import { canonicalJson, checkSchema } from '@dengta/kernel'
import { z } from 'zod'
import { snapshotOfFile } from '../model/read-snapshot.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { snapshotFile } from '../model/snapshot-file.ts'
import { writeSnapshot } from '../model/write-snapshot.ts'
import type { Plan } from './plan.ts'
import type { Effort } from './plan-day.ts'
import { planFileErrors as errors } from './plan-file-errors.ts'

const series = z.array(z.number())
const bySite = z.record(z.string(), series)

/** Yuan by name and slot, never below zero; what they mean stands in the README of this package. */
const prices = z.strictObject({
  chips: z.record(z.string(), bySite),
  gangs: z.record(z.string(), z.record(z.string(), z.record(z.string().regex(/^[1-9]\d*$/), series))).optional(),
  sites: bySite,
  feeders: bySite,
  quota: z.record(z.string(), z.number()),
  demand: bySite,
})

/**
 * A plan that proves itself: where every job lies, what that costs term by term, the bound with the prices that prove it, and the
 * day it was made for. Canonical JSON (RFC 8785), so that one plan has one digest.
 */
export const planFile = z.strictObject({
  format: z.literal('dengta-plan/v1'),
  /** SHA-256 of the canonical JSON of the day as it was planned. */
  snapshot: z.string().regex(/^[0-9a-f]{64}$/),
  effort: planEffort,
  placements: z.array(
    z.strictObject({
      job: z.string(),
      site: z.string(),
      chip: z.string(),
      level: z.int().nonnegative(),
      start: z.int().nonnegative(),
      slots: z.int().positive(),
      /** Only of a gang smaller than the job's own. */
      chips: z.int().positive().optional(),
    }),
  ),
  unserved: z.array(z.string()),
  terms: planTerms,
  bound: z.number(),
  prices,
  service: z.strictObject({
    valueBound: z.number(),
    valuePrices: prices,
    jobsBound: z.number(),
    jobsPrices: prices,
  }),
  day: snapshotFile,
})

/** What a plan file says, its day read and checked like any other. */
export interface ReadPlan {
  readonly snapshot: Snapshot
  readonly plan: Plan
  readonly effort: Effort
}

/** The text of the file; the same plan gives the same text. */
export function writePlanFile({ snapshot, plan, effort }: ReadPlan): string {
  return canonicalJson({ format: 'dengta-plan/v1', effort, ...plan, day: writeSnapshot(snapshot) })
}

/** Throws `plan_file.*`, or `compute.*` for what is wrong with its day. */
export function readPlanFile(text: string): ReadPlan {
  const value = parse(text)
  const read = checkSchema(planFile, value)
  if (!read.ok) {
    const { path, problem } = read.fault
    throw errors.field({ path: path.join('.') || 'file', problem: problem.en, problemZh: problem.zh })
  }
  const { format: _, day, effort, ...plan } = read.value
  return { snapshot: snapshotOfFile(day), plan, effort }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw errors.not_json({ problem: (cause as SyntaxError).message }, cause)
  }
}
