import type { Text } from './text.ts'

/** One reason of a decision: a stable code, whether it is met, and what a person reads. */
export interface Reason {
  readonly code: string
  readonly met: 'yes' | 'no' | 'unknown'
  readonly text: Text
}

/** A refusal is an answer, not an error: it is stored and signed as evidence. */
export type Decision = { readonly ok: true } | { readonly ok: false; readonly reasons: readonly Reason[] }

/** A gate stands open, is closed by a fact, or lacks the facts to say. */
export type GateState = 'OPEN' | 'CLOSED' | 'NOT_PROVEN'
