import { z } from 'zod'
import { text } from './common.ts'

const name = z.string().min(1).max(100)
const time = z.iso.datetime({ offset: true })

/** What a participant was granted, holds for jobs that have not ended, and has used. `left` = granted - held - used, not below 0. */
const account = z.object({ granted: z.number(), held: z.number(), used: z.number(), left: z.number() })

/** Public compute of one participant, in chip-hours and kWh, since it was last granted. */
export const quotaView = z.object({
  participant: z.string(),
  /** Weight among all participants where chips are short; `shareDue` and `shareUsed` are shares of the whole, 0 to 1. */
  share: z.number(),
  shareDue: z.number(),
  shareUsed: z.number(),
  chipHours: account,
  kwh: account,
  /** Sites that the data agreement allows; all where absent. */
  sites: z.array(z.string()).optional(),
  grantedAt: z.string(),
})
export type QuotaView = z.infer<typeof quotaView>

export const quotaList = z.object({ quotas: z.array(quotaView) })
export type QuotaList = z.infer<typeof quotaList>

/** Grants anew: replaces the grant of the participant; what it holds stays held, what it used before counts no more. */
export const newQuota = z.object({
  participant: name,
  share: z.number().positive().max(1000).default(1),
  chipHours: z.number().nonnegative().max(1e9),
  kwh: z.number().nonnegative().max(1e9),
  sites: z.array(name).min(1).max(100).optional(),
})
export type NewQuota = z.input<typeof newQuota>

/** Bounds that the running time of a job stays finite within; those of a day file are the same. */
const checkpoint = z.object({
  everyMinutes: z.number().min(0.01).max(1e6),
  costSeconds: z.number().nonnegative().max(1e6),
})

/** Characters of a whole command: a house reads those of all open jobs at every step. */
const COMMAND_LENGTH = 64 * 1024
const TOO_LONG = `all words of the command together may have ${COMMAND_LENGTH} characters · 命令各部分合计不得超过 ${COMMAND_LENGTH} 个字符`

/**
 * A participant asks for compute. `hours` at speed 1 of its class. `command`: `["demo"]` or `["demo", "30"]`, the house's own
 * workload for so many seconds (also where it is absent), or `["node", "-e", SOURCE, ...]`, an ES module that a sandbox runs.
 */
export const newComputeJob = z.object({
  name,
  /** The scenario that the job is for: its usage goes on record under it. */
  scenario: name.optional(),
  class: name,
  chips: z.int().positive().max(100_000),
  /** Fewer chips that it can go on with, and its measured speed there as a share of its speed on all of them. */
  gangs: z
    .array(z.object({ chips: z.int().positive().max(100_000), speed: z.number().gt(0).lt(1) }))
    .min(1)
    .max(16)
    .optional(),
  hours: z.number().positive().max(10_000),
  deadline: time,
  tier: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).default(1),
  checkpoint: checkpoint.optional(),
  sites: z.array(name).min(1).max(100).optional(),
  chipTypes: z.array(name).min(1).max(100).optional(),
  trust: z.array(name).min(1).max(100).optional(),
  command: z
    .array(z.string().max(COMMAND_LENGTH))
    .min(1)
    .max(200)
    .refine((words) => words.reduce((length, word) => length + word.length, 0) <= COMMAND_LENGTH, TOO_LONG)
    .optional(),
})
export type NewComputeJob = z.input<typeof newComputeJob>

export const computeJobState = z.enum(['waiting', 'placed', 'running', 'done', 'failed', 'refused', 'cancelled'])

/** A job as its participant sees it. Once answered with 201 it is on disk and in the next plan. */
export const computeJobView = z.object({
  id: z.string(),
  participant: z.string(),
  name: z.string(),
  scenario: z.string().optional(),
  state: computeJobState,
  /** Why it stands where it stands, and what it waits for. */
  reason: text,
  class: z.string(),
  chips: z.number().int(),
  hours: z.number(),
  tier: z.number().int(),
  deadline: z.string(),
  sites: z.array(z.string()).optional(),
  /** Held against the quota until the job ends. */
  heldChipHours: z.number(),
  heldKwh: z.number(),
  placement: z
    .object({
      plan: z.string(),
      site: z.string(),
      chip: z.string(),
      watts: z.number(),
      /** Of a smaller gang that the plan chose. */
      chips: z.number().int().optional(),
      /** On which it runs now, where a grid event has put it on fewer or it has grown again. */
      chipsNow: z.number().int().optional(),
      /** When it last went back on its chips; absent while it is in its first run. */
      resumedAt: z.string().optional(),
      startsAt: z.string(),
      endsAt: z.string(),
    })
    .optional(),
  usage: z
    .object({
      chipHours: z.number(),
      kwh: z.number().optional(),
      method: z.enum(['metered', 'estimate']).optional(),
      /** Where the energy figure comes from, in the engine's words. */
      source: z.string().optional(),
      engine: z.string().optional(),
    })
    .optional(),
  askedAt: z.string(),
  /** When it first ran, and when it ended. */
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  /** The `usage` record of what it used. */
  record: z.string().optional(),
})
export type ComputeJobView = z.infer<typeof computeJobView>

/** Newest first; a participant gets its own, operator and auditor all. */
export const computeJobList = z.object({ jobs: z.array(computeJobView) })
export type ComputeJobList = z.infer<typeof computeJobList>
