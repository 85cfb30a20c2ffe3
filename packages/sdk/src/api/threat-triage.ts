import { z } from 'zod'
import { text } from './common.ts'
import { pageQuery, threatLevel } from './threat.ts'
import { threatVerdict } from './threat-incident.ts'

const count = z.int().nonnegative()

/** `close` and `suppress` are automatic: nobody looks. `escalate` and `hand_over` are shown to people; the second because the model may not decide. */
export const triageAction = z.enum(['close', 'suppress', 'escalate', 'hand_over'])
export type TriageAction = z.infer<typeof triageAction>

/** One decision of the model, with all that it stands on. */
export const decisionView = z.object({
  action: triageAction,
  /** Log-odds of an attack. */
  score: z.number(),
  /** Absent while nothing is proven. */
  threshold: z.number().optional(),
  reason: text,
  /** The five facts that moved the score most, greatest first; above 0 speaks for an attack. */
  contributions: z.array(z.object({ what: text, adds: z.number() })),
  /** Verdicts on this signature so far. */
  history: z.object({ attacks: count, cases: count }),
  model: z.string(),
  /** Time of the event stream at which it was decided: 30 minutes after the first alert. */
  at: z.string(),
  /** The record that seals the batch with this decision; absent until the batch is sealed. */
  record: z.string().optional(),
})
export type DecisionView = z.infer<typeof decisionView>

/** `confirm`: an attack. `suppress`: benign, and groups like it stay out of the queue until `until`. */
export const dispositionKind = z.enum(['confirm', 'benign', 'suppress', 'unclear'])
export type DispositionKind = z.infer<typeof dispositionKind>

export const dispositionView = z.object({
  kind: dispositionKind,
  verdict: threatVerdict,
  reason: z.string(),
  /** What an attack was filed under, e.g. one step of an intrusion. */
  file: z.string().optional(),
  until: z.string().optional(),
  by: z.string(),
  at: z.string(),
  /** `published`: it came with the data. `simulated`: the data were made. */
  source: z.enum(['analyst', 'published', 'simulated']),
})
export type DispositionView = z.infer<typeof dispositionView>

/** A group of alerts: one signature on one host without a pause of five minutes; what a person looks at once. */
export const groupView = z.object({
  id: z.string(),
  network: z.string(),
  signature: z.string(),
  level: z.string(),
  detector: z.string(),
  host: z.string(),
  first: z.string(),
  last: z.string(),
  alerts: count,
  addresses: z.array(z.string()),
  accounts: z.array(z.string()),
  processes: z.array(z.string()),
  techniques: z.array(z.string()),
  /** Id of its first alert. */
  firstAlert: z.string(),
  decision: decisionView,
  disposition: dispositionView.optional(),
  /** A person's order that kept it out of the queue, e.g. `suppressed by ann until ...`. */
  suppressedBy: text.optional(),
  incident: z.string().optional(),
})
export type GroupView = z.infer<typeof groupView>

/** Groups that await people: handed over or escalated, not judged, not suppressed. The most suspicious first. */
export const queueQuery = pageQuery.extend({
  network: z.string().optional(),
  action: z.enum(['escalate', 'hand_over']).optional(),
  level: threatLevel.optional(),
  order: z.enum(['score', 'newest', 'oldest']).default('score'),
  /** When the day of whoever asks began; midnight UTC where left out. */
  today: z.iso.datetime({ offset: true }).optional(),
})
export type QueueQuery = Partial<z.output<typeof queueQuery>>

/** `judgedToday` counts what the caller has judged since `today` began. */
export const queuePage = z.object({ groups: z.array(groupView), total: count, judgedToday: count })
export type QueuePage = z.infer<typeof queuePage>

/** Every decided group, to look decisions up. */
export const groupQuery = pageQuery.extend({
  network: z.string().optional(),
  action: triageAction.optional(),
  signature: z.string().optional(),
  host: z.string().optional(),
  judged: z.enum(['yes', 'no']).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
})
export type GroupQuery = Partial<z.output<typeof groupQuery>>

/** Groups that fit the filters are counted up to this many. */
export const GROUPS_COUNTED = 10_000

/** `total`: groups that fit the filters, at most `GROUPS_COUNTED`; `isMore` where more fit than were counted. */
export const groupPage = z.object({ groups: z.array(groupView), total: count, isMore: z.boolean() })
export type GroupPage = z.infer<typeof groupPage>

/** Judged groups of the same signature whose scores lie nearest; `distance` in log-odds. */
export const similarGroup = z.object({
  group: z.string().optional(),
  network: z.string(),
  host: z.string(),
  first: z.string(),
  verdict: threatVerdict,
  distance: z.number(),
})

export const groupDetail = groupView.extend({
  similar: z.array(similarGroup),
  /** Every disposition it ever had, newest first; an undone one stays, with who undid it. */
  history: z.array(dispositionView.extend({ undoneBy: z.string().optional(), undoneAt: z.string().optional() })),
})
export type GroupDetail = z.infer<typeof groupDetail>

/** What a person found. `reason` is wanted for `suppress`; `until` (default seven days, at most ninety) belongs to it alone. */
export const newDisposition = z
  .object({
    kind: dispositionKind,
    reason: z.string().trim().max(2000).default(''),
    file: z.string().trim().max(200).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(({ kind, reason }) => kind !== 'suppress' || reason !== '', {
    path: ['reason'],
    message: 'say why groups like this are suppressed',
  })
export type NewDisposition = z.input<typeof newDisposition>

/** count / of. `rate` is absent where `of` is 0; `lower` and `upper` are 95 % Clopper-Pearson limits over what was judged. */
export const shareView = z.object({
  count,
  of: count,
  rate: z.number().optional(),
  lower: z.number().optional(),
  upper: z.number().optional(),
})
export type ShareView = z.infer<typeof shareView>

/**
 * A risk beside its bound. `holds`: `unknown` where there are too few verdicts to tell, or only those of people on groups that
 * they were shown; then there is no rate either.
 */
export const riskFigure = shareView.extend({
  /** What the house accepts. */
  bound: z.number(),
  /** The upper limit that was proven when the model was made. */
  proven: z.number().optional(),
  holds: z.enum(['yes', 'no', 'unknown']),
  text,
})
export type RiskFigure = z.infer<typeof riskFigure>

/** Where verdicts come from: never compare a rate with another of a different source. */
export const labelSource = z.object({
  kind: z.enum(['analyst', 'published', 'simulated', 'none']),
  text,
  judged: count,
  notJudged: count,
})

export const riskQuery = z.object({ network: z.string().optional() })
export type RiskQuery = Partial<z.output<typeof riskQuery>>

/** The risk page: automation, false alarms and missed steps, always together. */
export const riskView = z.object({
  networks: z.array(z.string()),
  /** May the model act alone now. `reasons` say why not, or which promise beside it is not proven. */
  guard: z.object({
    proven: z.boolean(),
    threshold: z.number().optional(),
    confidence: z.number(),
    reasons: z.array(text),
  }),
  automation: z.object({ groups: shareView, alerts: shareView }),
  falseAlarms: z.object({ groups: riskFigure, incidents: shareView }),
  /** Attack steps (files) of which no group was shown to people. */
  missed: riskFigure,
  labels: labelSource,
  drift: z.object({
    state: z.enum(['steady', 'shifted', 'too_few']),
    /** 0: alike; 1: nothing in common with what was learnt from. */
    signatures: z.number().optional(),
    unknown: z.number().optional(),
    limits: z.object({ signatures: z.number(), unknown: z.number() }),
    text,
  }),
  model: z.object({
    id: z.string(),
    learntAt: z.string(),
    sites: z.array(z.object({ name: z.string(), cases: count, judged: count, attacks: count })),
    record: z.string().optional(),
  }),
  /** Days of the event stream, oldest first, at most 60. */
  days: z.array(
    z.object({
      day: z.string(),
      groups: count,
      automatic: count,
      escalated: count,
      handedOver: count,
      falseAlarms: count,
    }),
  ),
  /** How the figures are counted, one sentence. */
  text,
  /** How long groups are kept, and how many were let go of. */
  kept: text,
})
export type RiskView = z.infer<typeof riskView>
