import { gatePredicate, origin, reason, scoreWithInterval, text } from '@dengta/evidence'
import { z } from 'zod'

export { origin, reason, scoreWithInterval, text }

/** RFC 9457 problem, with the stable code of the error and its text in both languages. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  text,
  details: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Problem = z.infer<typeof problem>

export const gateName = gatePredicate.shape.gate
export const gateState = gatePredicate.shape.decision

/** A gate recomputed from the records at the moment of asking; `decided` is the newest signed decision, if any. */
export const gateView = z.object({
  gate: gateName,
  about: z.string(),
  decision: gateState,
  reasons: z.array(reason),
  basis: z.array(z.string()),
  decided: z.object({ record: z.string(), decision: gateState, at: z.string() }).optional(),
})
export type GateView = z.infer<typeof gateView>
