/** One message to one endpoint, from its writing into the outbox to its end. */
export interface Delivery {
  /** `msg_...`, made from event and endpoint: the same event is never two deliveries. */
  readonly id: string
  readonly version: number
  readonly endpoint: string
  readonly body: string
  readonly state: 'pending' | 'delivered' | 'dead'
  readonly attempts: number
  /** RFC 3339, UTC: not tried before. */
  readonly dueAt: string
  readonly lastProblem?: string
  readonly createdAt: string
  readonly endedAt?: string
}

export interface RetryPolicy {
  /** Attempts before the message is dead. */
  readonly attempts: number
  readonly firstWaitMs: number
  readonly maxWaitMs: number
}

/** About 27 hours: 5 s, 20 s, 80 s, ... at most 6 hours apart. */
export const STANDARD_RETRY: RetryPolicy = { attempts: 12, firstWaitMs: 5_000, maxWaitMs: 21_600_000 }

/** What came of an attempt; `retryAfterMs` is the receiver's wish. */
export type AttemptResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: string; readonly final: boolean; readonly retryAfterMs?: number }

export interface AttemptTime {
  readonly now: Date
  /** From 0 to 1: spreads retries, so that a thousand of them do not come back at once. */
  readonly jitter: number
  readonly policy: RetryPolicy
}

/** The delivery after an attempt: delivered, dead, or due again later, waits growing fourfold. */
export function afterAttempt(
  delivery: Delivery,
  result: AttemptResult,
  { now, jitter, policy }: AttemptTime,
): Delivery {
  const attempts = delivery.attempts + 1
  const at = now.toISOString()
  const tried = { ...delivery, version: delivery.version + 1, attempts }
  if (result.ok) return { ...tried, state: 'delivered', endedAt: at }
  const lastProblem = result.problem.slice(0, 500)
  if (result.final || attempts >= policy.attempts) return { ...tried, state: 'dead', lastProblem, endedAt: at }
  const grown = Math.min(policy.firstWaitMs * 4 ** (attempts - 1), policy.maxWaitMs)
  const wait = Math.min(Math.max(grown * (0.75 + jitter / 2), result.retryAfterMs ?? 0), policy.maxWaitMs)
  return { ...tried, lastProblem, dueAt: new Date(now.getTime() + wait).toISOString() }
}

/** A dead delivery, put back by a person: same id, attempts from the start. */
export function revived(delivery: Delivery, now: Date): Delivery {
  const { endedAt: _, ...rest } = delivery
  return { ...rest, version: delivery.version + 1, state: 'pending', attempts: 0, dueAt: now.toISOString() }
}
