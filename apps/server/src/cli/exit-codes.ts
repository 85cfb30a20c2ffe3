import type { ErrorKind, GateState } from '@dengta/kernel'

/** What a script reads from the `dengta` command; listed in docs/reference/cli.md. */
export const EXIT = { ok: 0, refused: 1, usage: 2, forbidden: 3, unavailable: 4, internal: 70 } as const

const BY_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: EXIT.usage,
  not_found: EXIT.usage,
  conflict: EXIT.refused,
  limit: EXIT.refused,
  unauthenticated: EXIT.forbidden,
  forbidden: EXIT.forbidden,
  unavailable: EXIT.unavailable,
}

export function exitCodeOf(kind: ErrorKind): number {
  return BY_KIND[kind]
}

/** A gate answers through the exit code too: 0 open, 10 closed, 11 not proven. */
export function exitCodeOfGate(state: GateState): number {
  return state === 'OPEN' ? 0 : state === 'CLOSED' ? 10 : 11
}
