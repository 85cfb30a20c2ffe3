import { origin, planEffort, planTerms } from '@dengta/evidence'
import { z } from 'zod'
import { reason, text } from './common.ts'

/** RFC 3339 with an offset; answers are in UTC. */
const time = z.iso.datetime({ offset: true })

/**
 * A day that can be planned: sites with chips and power, and jobs that ask for them. `snapshot` is the SHA-256 of its canonical
 * JSON; the same snapshot uploaded twice for the same `startsAt` is one day. Slot 0 begins at `startsAt`; series have `slots` values.
 */
export const dayView = z.object({
  id: z.string(),
  snapshot: z.string(),
  name: z.string(),
  /** Simulated days carry the word into every record that rests on them. */
  origin,
  /** Where its figures come from, in the words of who uploaded it. */
  source: z.string(),
  startsAt: z.string(),
  slots: z.number().int(),
  slotMinutes: z.number().int(),
  sites: z.array(
    z.object({
      site: z.string(),
      feeder: z.string().optional(),
      pools: z.array(z.object({ chip: z.string(), count: z.number().int(), trust: z.string() })),
    }),
  ),
  jobs: z.number().int(),
  participants: z.number().int(),
  uploadedBy: z.string(),
  uploadedAt: z.string(),
  /** The newest plan of the day that is done. */
  plan: z.string().optional(),
})
export type DayView = z.infer<typeof dayView>

/** Newest first. */
export const dayList = z.object({ days: z.array(dayView) })
export type DayList = z.infer<typeof dayList>

/** Options of an upload; the day follows as the request body, YAML or JSON. `startsAt`: when slot 0 begins, the coming midnight UTC unless stated. */
export const dayQuery = z.object({
  origin,
  source: z.string().min(1).max(1000),
  startsAt: time.optional(),
})
export type DayQuery = z.infer<typeof dayQuery>

export const effortName = z.enum(['quick', 'normal', 'thorough'])
export type EffortName = z.infer<typeof effortName>

/** Asks for a plan of a day. The same day, effort and seed give the same plan, byte for byte. */
export const newPlan = z.object({ day: z.string(), effort: effortName.default('normal'), seed: z.int().default(1) })
export type NewPlan = z.input<typeof newPlan>

export const planState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled'])

/** What the checker found, recomputed from snapshot and plan alone. Money in yuan. */
export const planCheck = z.object({
  ok: z.boolean(),
  faults: z.array(reason),
  text,
})

/** A plan that is done. `digest` names the plan file; `terms` are kept apart and sum to `yuan`. */
export const planResult = z.object({
  digest: z.string(),
  bytes: z.number().int(),
  jobs: z.number().int(),
  placed: z.number().int(),
  unserved: z.number().int(),
  terms: planTerms,
  yuan: z.number(),
  /** No plan of this day costs less than this. */
  bound: z.number(),
  /** (yuan - bound) / yuan, 0 to 1. */
  gap: z.number(),
  /** True where the bound proves little; say "bound weak" beside the gap. */
  boundWeak: z.boolean(),
  service: z.object({ valueBound: z.number(), jobsBound: z.number() }),
  check: planCheck,
  /** Time that planning and checking took, wall clock, on this machine. */
  seconds: z.number(),
  record: z.string(),
})
export type PlanResult = z.infer<typeof planResult>

export const planView = z.object({
  id: z.string(),
  day: z.string(),
  dayName: z.string(),
  origin,
  /** Digest of the snapshot planned for: that of the day, or of the day with the jobs that arrived since. */
  snapshot: z.string(),
  /** `replan`: made because jobs arrived during the day. */
  kind: z.enum(['day', 'replan']),
  state: planState,
  effort: planEffort.extend({ name: effortName }),
  askedBy: z.string(),
  askedAt: z.string(),
  finishedAt: z.string().optional(),
  /** 0 to 1 while it is running, with what is being done. */
  progress: z.object({ share: z.number(), step: text }).optional(),
  result: planResult.optional(),
  failure: z.object({ code: z.string(), text }).optional(),
})
export type PlanView = z.infer<typeof planView>

export const planQuery = z.object({ day: z.string().optional() })
export type PlanQuery = z.infer<typeof planQuery>

/** Newest first. */
export const planList = z.object({ plans: z.array(planView) })
export type PlanList = z.infer<typeof planList>

/** One way and start of a job, and what it costs at the prices of the plan, part by part, in yuan; `energy` is electricity with its share of the demand charge, and carbon. */
export const pricedColumn = z.object({
  site: z.string(),
  chip: z.string(),
  /** Of one chip. */
  watts: z.number(),
  start: z.number().int(),
  slots: z.number().int(),
  yuan: z.number(),
  parts: z.object({ energy: z.number(), waiting: z.number(), chips: z.number(), power: z.number() }),
})

/** Why a job lies where it lies; the sentences of an unserved job are left out except `waitsFor` and `megawatt`. */
export const jobWhy = z.object({
  plan: z.string(),
  job: z.string(),
  participant: z.string(),
  class: z.string(),
  chips: z.number().int(),
  hours: z.number(),
  tier: z.number().int(),
  /** Slots. */
  release: z.number().int(),
  deadline: z.number().int(),
  served: z.boolean(),
  here: text.optional(),
  now: text.optional(),
  power: text.optional(),
  waitsFor: text,
  megawatt: text,
  /** Yuan that one more MW at this site would be worth, for each hour of the job. */
  yuanPerMwh: z.number(),
  chosen: pricedColumn.optional(),
  /** The best other site, the start at release, the other power: as far as there are any. */
  alternatives: z.array(pricedColumn),
})
export type JobWhy = z.infer<typeof jobWhy>
