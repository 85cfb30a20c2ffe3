import { z } from 'zod'
import { digest, header, origin } from './common.ts'

const count = z.number().int()
const moment = z.iso.datetime()

/** count / of; never shown apart. */
const share = z.strictObject({ count, of: count })

/** A share seen on held-out sites and the upper bound that it proves. */
const provenShare = z.strictObject({ count, of: count, upper: z.number() })

/** Detection rules came into force. `hash`: SHA-256 over paths and texts of their files. */
export const ruleSetPredicate = z.strictObject({
  ...header,
  hash: digest,
  source: z.string(),
  licence: z.string(),
  rules: count,
  correlations: count,
  filters: count,
  refused: count,
})

/** A triage model was learnt: from what, and which risks are proven of it. Unproven, it hands everything to people. */
export const triageModelPredicate = z.strictObject({
  ...header,
  model: z.string(),
  origin,
  sites: z.array(z.strictObject({ name: z.string(), cases: count, judged: count, attacks: count })),
  /** What the house accepts: benign groups shown, attack steps missed, and the chance that both hold. */
  bounds: z.strictObject({ falseAlarms: z.number(), missed: z.number(), confidence: z.number() }),
  proof: z.strictObject({ threshold: z.number(), falseAlarms: provenShare, missed: provenShare }).optional(),
  /** SHA-256 of the model file. */
  file: digest,
})

/** A batch of decisions was sealed. One line of `file` (NDJSON, canonical JSON, no line end in a leaf) is one decision;
 * `root` is the RFC 9162 tree head over these lines. */
export const triageDecisionsPredicate = z.strictObject({
  ...header,
  flow: z.string(),
  model: z.string(),
  decisions: count,
  actions: z.strictObject({ close: count, suppress: count, escalate: count, hand_over: count }),
  /** Time of the event stream of the first and last decision. */
  from: moment,
  to: moment,
  file: digest,
  root: digest,
})

/** One thing that happened in a step of a response. Digests stand for what was sent and what came back. */
export const responseStepPredicate = z.strictObject({
  ...header,
  fact: z.string(),
  run: z.string(),
  playbook: z.strictObject({ id: z.string(), modified: z.string(), digest }),
  step: z.string(),
  phase: z.enum(['do', 'undo']),
  event: z.enum(['consent', 'refusal', 'command', 'check', 'hand', 'end']),
  requester: z.string(),
  approvers: z.array(z.string()),
  by: z.string(),
  result: z.string(),
  inputs: digest.optional(),
  answer: digest.optional(),
  milliseconds: z.number().optional(),
  /** When it happened. */
  happened: moment,
})

/** An incident was closed. No host, account or address is named. */
export const incidentClosedPredicate = z.strictObject({
  ...header,
  incident: z.string(),
  verdict: z.enum(['attack', 'benign', 'unclear']),
  by: z.string(),
  groups: count,
  alerts: count,
  techniques: z.array(z.string()),
  first: moment,
  last: moment,
})

/** A ticket was closed, with its clock. */
export const ticketClosedPredicate = z.strictObject({
  ...header,
  ticket: z.string(),
  severity: z.string(),
  by: z.string(),
  event: moment,
  detected: moment,
  acknowledged: moment.optional(),
  responded: moment.optional(),
  resolved: moment.optional(),
  closed: moment,
  looks: count,
  reopenings: count,
})

/** A log was replayed from end to end: automation, false alarms and missed steps, never one without the others. */
export const threatReplayPredicate = z.strictObject({
  ...header,
  replay: z.string(),
  origin,
  /** What was replayed, in words, with its licence. */
  source: z.string(),
  model: z.string(),
  /** Where verdicts come from. */
  labels: z.enum(['published', 'simulated', 'analyst', 'none']),
  events: count,
  alerts: count,
  groups: count,
  incidents: count,
  automaticGroups: share,
  automaticAlerts: share,
  falseGroups: share,
  falseIncidents: share,
  missedSteps: share,
})
