import { z } from 'zod'
import { gateView, origin, text } from './common.ts'

export const isolationLevel = z.object({
  name: z.enum(['bubblewrap', 'process']),
  parts: z.array(z.string()),
  missing: z.array(z.string()),
})

export const health = z.object({
  status: z.literal('up'),
  version: z.string(),
  store: z.enum(['pglite', 'postgres']),
  sandbox: isolationLevel,
  uptimeSeconds: z.number(),
  jobsWaiting: z.number().int(),
})
export type Health = z.infer<typeof health>

export const role = z.enum(['owner', 'developer', 'operator', 'auditor'])

export const participantView = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(role),
  keyId: z.string(),
  record: z.string(),
  joinedAt: z.string(),
})
export type ParticipantView = z.infer<typeof participantView>

export const newParticipant = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/),
  name: z.string().min(1).max(200),
  roles: z.array(role).min(1),
})
export type NewParticipant = z.infer<typeof newParticipant>

/** A token is shown once, at its making; the house keeps only its hash. */
export const issuedToken = z.object({
  id: z.string(),
  token: z.string(),
  participant: z.string(),
  expiresAt: z.string(),
})
export type IssuedToken = z.infer<typeof issuedToken>

export const me = z.object({ participant: z.string(), name: z.string(), roles: z.array(role) })
export type Me = z.infer<typeof me>

/** Why a witness does not cosign: the log has forked, lost its end, or is not the one it knows. Show it in red. */
const witnessRefusal = z.object({
  size: z.number().int(),
  status: z.number().int(),
  answer: z.string(),
  at: z.string(),
})

export const logView = z.object({
  origin: z.string(),
  size: z.number().int(),
  rootHash: z.string(),
  checkpoint: z.string(),
  cosignedSize: z.number().int(),
  witnesses: z.array(
    z.object({ name: z.string(), cosignedSize: z.number().int(), refusal: witnessRefusal.optional() }),
  ),
  logKeyId: z.string(),
})
export type LogView = z.infer<typeof logView>

/** The first page: what the house holds and where each scenario stands. */
export const programme = z.object({
  counts: z.object({
    scenarios: z.number().int(),
    benchmarks: z.number().int(),
    submissions: z.number().int(),
    evaluations: z.number().int(),
    participants: z.number().int(),
    records: z.number().int(),
  }),
  scenarios: z.array(
    z.object({
      id: z.string(),
      title: text,
      industry: z.string(),
      owner: z.string(),
      origin,
      stage: z.string(),
      gates: z.array(gateView),
    }),
  ),
  log: logView,
  health,
})
export type Programme = z.infer<typeof programme>

export const participantList = z.object({ participants: z.array(participantView) })
export type ParticipantList = z.infer<typeof participantList>
