import { z } from 'zod'

/** What an act was about; its action starts with it or, for some, with a word close to it. */
export const auditKind = z.enum([
  ...(['group', 'incident', 'ticket', 'run', 'playbook'] as const),
  ...(['actuator', 'rule', 'model', 'webhook', 'replay'] as const),
])
export type AuditKind = z.infer<typeof auditKind>

/** Who did what, newest first. `before`: the `next` of the answer before. `from` is within, `to` is not. */
export const auditQuery = z.object({
  kind: auditKind.optional(),
  actor: z.string().trim().max(200).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  before: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type AuditQuery = Partial<z.output<typeof auditQuery>>

/** `act`: records state it, or what it led to. `decision`: a record seals the decision of the model that was judged. */
export const auditEvidence = z.object({
  of: z.enum(['act', 'decision']),
  /** Newest last, at most five of `count`. */
  records: z.array(z.string()),
  count: z.int().nonnegative(),
})
export type AuditEvidence = z.infer<typeof auditEvidence>

export const auditAct = z.object({
  /** Place in the trail; grows. */
  seq: z.string(),
  at: z.string(),
  actor: z.string(),
  kind: auditKind.optional(),
  /** Dotted, e.g. `group.benign`. */
  action: z.string(),
  target: z.string(),
  /** Words of the person, or what was chosen. */
  detail: z.string(),
  /** Absent where nothing is on record. */
  evidence: auditEvidence.optional(),
})
export type AuditAct = z.infer<typeof auditAct>

/** Acts that fit the filters are counted up to this many. */
export const AUDIT_COUNTED = 10_000

/** `total`: acts that fit the filters, at most `AUDIT_COUNTED`; `isMore` where more fit than were counted. */
export const auditPage = z.object({
  acts: z.array(auditAct),
  total: z.int().nonnegative(),
  isMore: z.boolean(),
  next: z.string().optional(),
})
export type AuditPage = z.infer<typeof auditPage>
