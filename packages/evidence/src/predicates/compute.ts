import { z } from 'zod'
import { digest, header, origin } from './common.ts'

/** The goals of a plan in yuan, never mixed, in the order of their importance. */
export const planTerms = z.strictObject({
  unserved: z.number(),
  delay: z.number(),
  grid: z.number(),
  electricity: z.number(),
  demandCharge: z.number(),
  carbon: z.number(),
  fairness: z.number(),
  moves: z.number(),
})

/** How much work the planner did; the same numbers and seed give the same plan on every machine. */
export const planEffort = z.strictObject({
  seed: z.number().int(),
  ascents: z.number().int(),
  rounds: z.number().int(),
})

/** A day was planned: what it was made for, what it costs term by term, and what its prices prove. Digests only, no job is named. */
export const planPredicate = z.strictObject({
  ...header,
  plan: z.string(),
  day: z.string(),
  origin,
  /** SHA-256 of the canonical JSON of the snapshot planned for. */
  snapshot: digest,
  /** SHA-256 of the plan file; `dengta plan check` recomputes everything below from that file. */
  file: digest,
  effort: planEffort,
  jobs: z.number().int(),
  unserved: z.number().int(),
  terms: planTerms,
  yuan: z.number(),
  /** No plan of this snapshot costs less, yuan. */
  bound: z.number(),
  /** Distance to the bound as a share of the cost, 0 to 1. */
  gap: z.number(),
  boundWeak: z.boolean(),
  /** No plan leaves out less value, or fewer jobs, than this. */
  service: z.strictObject({ valueBound: z.number(), jobsBound: z.number() }),
  /** What the checker found that shares no code with the planner; `faults` are codes. */
  check: z.strictObject({ ok: z.boolean(), faults: z.array(z.string()) }),
})

/** The grid asked sites for less power, and they promised it. Powers at the meter. */
export const gridEventPredicate = z.strictObject({
  ...header,
  event: z.string(),
  plan: z.string(),
  sites: z.array(z.string()),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Share of planned power to be given up, 0 to 1. */
  depth: z.number(),
  noticeMinutes: z.number().int(),
  /** Energy that the plan would have drawn in the window, and that the event leaves. */
  plannedKwh: z.number(),
  targetKwh: z.number(),
})

/** What an event delivered, measured against a stated baseline. */
export const settlementPredicate = z.strictObject({
  ...header,
  event: z.string(),
  /** How the baseline was made, and where the drawn power comes from. */
  baselineMethod: z.string(),
  source: z.enum(['metered', 'estimate']),
  baselineKwh: z.number(),
  drawnKwh: z.number(),
  requestedKwh: z.number(),
  deliveredKwh: z.number(),
  /** Minutes of the event, and those in which power lay at or below its target. */
  minutes: z.number().int(),
  minutesWithin: z.number().int(),
  /** Seconds from the beginning of the event until power was within its limit, where the house's own controller saw to it. */
  complianceSeconds: z.number().optional(),
  /** SHA-256 of the settlement file with every minute. */
  file: digest,
})

/** What a job of public compute used, as its engine counted it. The job is named by digest only. */
export const usagePredicate = z.strictObject({
  ...header,
  /** SHA-256 of the canonical JSON of what was asked for. */
  job: digest,
  /** Of the day that it was planned in. */
  origin,
  outcome: z.enum(['done', 'failed', 'cancelled']),
  engine: z.enum(['local', 'slurm', 'kubernetes', 'memory']),
  site: z.string(),
  chip: z.string(),
  chips: z.number().int(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  /** Time on the chips, all runs together. */
  chipHours: z.number(),
  /** Absent where the engine neither meters nor estimates. */
  energy: z
    .strictObject({ joules: z.number(), method: z.enum(['metered', 'estimate']), source: z.string() })
    .optional(),
})
