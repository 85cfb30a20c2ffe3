import { AppError, type Clock, canonicalJson, sha256Hex, utf8 } from '@dengta/kernel'
import type { SecretSource } from '../respond/adapter.ts'
import { type GuardedAnswer, type GuardOptions, guardedRequest } from '../respond/guarded-request-client.ts'
import { type AttemptResult, afterAttempt, type Delivery, type RetryPolicy } from './delivery.ts'
import type { OutboxStore } from './outbox-store.ts'
import { signWebhook } from './webhook-signature.ts'

export interface WebhookEndpoint {
  readonly id: string
  readonly url: string
  /** Names of its signing secrets in the key store; two while keys are changed. */
  readonly secrets: readonly string[]
}

export interface DispatchParts {
  readonly outbox: OutboxStore
  readonly endpoints: readonly WebhookEndpoint[]
  readonly secrets: SecretSource
  readonly guard: GuardOptions
  readonly retry: RetryPolicy
  readonly clock: Clock
  /** Numbers from 0 to 1. */
  readonly random: () => number
  readonly timeoutMs: number
}

export interface OutgoingEvent {
  /** Unique in the house, e.g. the id of a finding with its activity. */
  readonly id: string
  /** Dotted, e.g. `incident.created`. */
  readonly type: string
  readonly at: Date
  readonly data: unknown
}

/** The deliveries of an event, one for each endpoint; ids follow from event and endpoint, so that writing twice is writing once. */
export function deliveriesOf(event: OutgoingEvent, endpoints: readonly WebhookEndpoint[]): readonly Delivery[] {
  const at = event.at.toISOString()
  const body = canonicalJson({ type: event.type, timestamp: at, data: event.data })
  return endpoints.map(({ id: endpoint }) => ({
    ...{ id: `msg_${sha256Hex(utf8(`${event.id} ${endpoint}`)).slice(0, 32)}`, version: 1, endpoint, body },
    ...{ state: 'pending', attempts: 0, dueAt: at, createdAt: at },
  }))
}

export interface DispatchCount {
  readonly delivered: number
  readonly later: number
  readonly dead: number
}

/**
 * Tries what is due, up to `limit` of each endpoint, all side by side: a slow one holds up nobody but itself, and never the pipeline.
 * Ends when all have; throws then what the outbox threw, e.g. `threat_publish.stale`.
 */
export async function dispatchDue(parts: DispatchParts, limit: number): Promise<DispatchCount> {
  const due = await parts.outbox.due(parts.clock.now(), limit)
  const byEndpoint = new Map<string, Delivery[]>()
  for (const delivery of due)
    byEndpoint.set(delivery.endpoint, [...(byEndpoint.get(delivery.endpoint) ?? []), delivery])
  const tried = await Promise.allSettled([...byEndpoint.values()].map((list) => oneByOne(parts, list)))
  const ended = tried.flatMap((each) => {
    if (each.status === 'rejected') throw each.reason
    return each.value
  })
  const count = (state: Delivery['state']) => ended.filter((each) => each === state).length
  return { delivered: count('delivered'), later: count('pending'), dead: count('dead') }
}

/** After a failure the rest of this endpoint waits for the next round. */
async function oneByOne(parts: DispatchParts, list: readonly Delivery[]): Promise<readonly Delivery['state'][]> {
  const states: Delivery['state'][] = []
  for (const delivery of list) {
    const result = await attempt(parts, delivery)
    const next = afterAttempt(delivery, result, { now: parts.clock.now(), jitter: parts.random(), policy: parts.retry })
    await parts.outbox.update(next)
    states.push(next.state)
    if (next.state === 'pending') break
  }
  return states
}

async function attempt(parts: DispatchParts, { id, endpoint, body }: Delivery): Promise<AttemptResult> {
  const known = parts.endpoints.find((each) => each.id === endpoint)
  if (known === undefined) return { ok: false, problem: `there is no endpoint ${endpoint} any more`, final: true }
  try {
    const secrets = await Promise.all(known.secrets.map((name) => parts.secrets.reveal(name)))
    const timestamp = Math.floor(parts.clock.now().getTime() / 1000)
    const headers = { ...signWebhook({ id, timestamp, body }, secrets, endpoint), 'content-type': 'application/json' }
    const call = { method: 'POST', url: known.url, headers, body, timeoutMs: parts.timeoutMs }
    return resultOf(await guardedRequest(call, parts.guard))
  } catch (cause) {
    if (cause instanceof AppError) return { ok: false, problem: cause.message, final: false }
    throw cause
  }
}

/** 2xx is delivered; 410 says that the endpoint is gone for good; everything else, redirects too, is tried again. */
function resultOf(reply: GuardedAnswer): AttemptResult {
  if (!reply.ok) return { ok: false, problem: reply.problem, final: false }
  if (reply.status >= 200 && reply.status < 300) return { ok: true }
  const seconds = Number(reply.headers['retry-after'])
  const wish = Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: seconds * 1000 } : {}
  return { ok: false, problem: `HTTP ${reply.status}`, final: reply.status === 410, ...wish }
}
