import { z } from 'zod'
import { origin, text } from './common.ts'
import { shareView } from './threat-triage.ts'

const count = z.int().nonnegative()

/**
 * Replays a labelled network that the model has not learnt from, end to end. `speed`: so many times faster than it happened, 0 as
 * fast as possible. `sample`: the networks of the pack's own making, even where real ones are there.
 */
export const newReplay = z.object({
  network: z.string().max(100).optional(),
  speed: z.number().min(0).max(1_000_000).default(0),
  sample: z.boolean().default(false),
  /** Also sends event files through detection and correlation. */
  events: z.boolean().default(true),
  /** What becomes of it where the house is stopped while it runs: it goes on behind its last stored step, or it is cancelled. */
  afterRestart: z.enum(['resume', 'cancel']).default('resume'),
})
export type NewReplay = z.input<typeof newReplay>

/** What a replay came to. No figure without its count, and none without the others. */
export const replayOutcome = z.object({
  events: count,
  eventAlerts: count,
  alerts: count,
  groups: count,
  incidents: count,
  automaticGroups: shareView,
  automaticAlerts: shareView,
  falseGroups: shareView,
  falseIncidents: shareView,
  missedSteps: shareView,
  /** Groups that people have to look at because the model may not decide. */
  handedOver: count,
  /** One sentence on where verdicts come from. */
  labels: text,
})
export type ReplayOutcome = z.infer<typeof replayOutcome>

export const replayView = z.object({
  id: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  network: z.string(),
  origin,
  source: text,
  speed: z.number(),
  startedBy: z.string(),
  startedAt: z.string(),
  /** Who stopped it; `house` where a restart did. */
  stoppedBy: z.string().optional(),
  finishedAt: z.string().optional(),
  progress: z.object({ share: z.number(), step: text }).optional(),
  outcome: replayOutcome.optional(),
  /** Ids of open incidents, the most suspicious first, at most 20. */
  incidents: z.array(z.string()),
  /** Records: model, decisions, responses, and last the replay itself. */
  records: z.array(z.string()),
  failure: z.object({ code: z.string(), text }).optional(),
})
export type ReplayView = z.infer<typeof replayView>

/** Newest first. */
export const replayList = z.object({ replays: z.array(replayView), networks: z.array(z.string()), source: text })
export type ReplayList = z.infer<typeof replayList>
