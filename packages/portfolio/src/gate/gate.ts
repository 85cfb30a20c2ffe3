import type { Predicate } from '@dengta/evidence'
import type { GateState, Reason } from '@dengta/kernel'

export type GateName = Predicate<'gate'>['gate']

/** What a gate says of one thing, and the ids of all records that it was decided from, in the order of the log. */
export interface GateDecision {
  readonly gate: GateName
  /** The scenario for G1, a benchmark for G2, a submission for G3. */
  readonly about: string
  readonly decision: GateState
  readonly reasons: readonly Reason[]
  readonly basis: readonly string[]
}

/** Closed by any fact that contradicts; not proven while any fact is missing; open otherwise. */
export function stateOf(reasons: readonly Reason[]): GateState {
  if (reasons.some(({ met }) => met === 'no')) return 'CLOSED'
  return reasons.some(({ met }) => met === 'unknown') ? 'NOT_PROVEN' : 'OPEN'
}
