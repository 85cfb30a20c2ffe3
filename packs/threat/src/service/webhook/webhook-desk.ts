import type { Caller } from '@dengta/kernel'
import type { DeliveryQuery, DeliveryView, NewWebhook, WebhookView } from '@dengta/sdk'
import { type Delivery, revived, STANDARD_RETRY } from '../../publish/delivery.ts'
import type { OutboxStore } from '../../publish/outbox-store.ts'
import { dispatchDue, type WebhookEndpoint } from '../../publish/webhook-dispatcher.ts'
import type { SecretSource } from '../../respond/adapter.ts'
import { audit } from '../audit.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import { sqlOutboxStore } from './sql-outbox-store.ts'
import { readEndpoints } from './tell-opened.ts'

const TIMEOUT_MS = 10_000
const AT_ONCE = 50
const MAX_ANSWER = 65_536

export interface WebhookDesk {
  list(): Promise<readonly WebhookView[]>
  /** Throws `threat.webhook_exists`. */
  add(caller: Caller, wish: NewWebhook): Promise<WebhookView>
  /** Throws `threat.missing`. */
  remove(caller: Caller, id: string): Promise<readonly WebhookView[]>
  deliveries(query: DeliveryQuery): Promise<readonly DeliveryView[]>
  /** Throws `threat.missing` unless the delivery is dead. */
  revive(caller: Caller, id: string): Promise<DeliveryView>
  /** As last read from the store. */
  endpoints(): readonly WebhookEndpoint[]
  /** Reads the endpoints anew. */
  refresh(): Promise<void>
  /** Sends what is due; one that is asked for while another is under way is that one. */
  dispatch(): Promise<void>
}

type Parts = Pick<ThreatContext, 'store' | 'clock'> & {
  readonly secrets: SecretSource
  /** Numbers from 0 to 1. */
  readonly random: () => number
}

export function webhookDesk(parts: Parts): WebhookDesk {
  const { store, clock } = parts
  const db = () => store.db<ThreatTables>()
  const outbox = sqlOutboxStore(store)
  let known: readonly WebhookEndpoint[] = []
  let dispatching: Promise<void> | undefined
  const refresh = async () => {
    known = await readEndpoints(db())
  }
  const list = () => views(parts)
  return {
    list,
    refresh,
    endpoints: () => known,
    add: async (caller, { id, url, secrets: names }) => {
      const at = clock.now()
      await store.transaction<ThreatTables, void>(async (tx) => {
        const row = { id, url, secrets: JSON.stringify(names), added_by: caller.participant, added_at: at }
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('threat_webhooks')
          .values(row)
          .onConflict((on) => on.doNothing())
          .executeTakeFirst()
        if (!numInsertedOrUpdatedRows) throw threatErrors.webhook_exists({ id })
        await audit(tx, { at, actor: caller.participant, action: 'webhook.add', target: id, detail: url })
      })
      await refresh()
      return (await list()).find((each) => each.id === id) as WebhookView
    },
    remove: async (caller, id) => {
      const at = clock.now()
      await store.transaction<ThreatTables, void>(async (tx) => {
        const { numDeletedRows } = await tx.deleteFrom('threat_webhooks').where('id', '=', id).executeTakeFirst()
        if (numDeletedRows === 0n) throw threatErrors.missing({ what: 'endpoint', id })
        await audit(tx, { at, actor: caller.participant, action: 'webhook.remove', target: id })
      })
      await refresh()
      return list()
    },
    deliveries: async ({ state, endpoint, limit = 100 }) => {
      let select = db().selectFrom('threat_outbox').select('body').orderBy('seq', 'desc').limit(limit)
      if (state !== undefined) select = select.where('state', '=', state)
      if (endpoint !== undefined) select = select.where('endpoint', '=', endpoint)
      return (await select.execute()).map(({ body }) => deliveryView(JSON.parse(body) as Delivery))
    },
    revive: async (caller, id) => {
      const delivery = await outbox.find(id)
      if (delivery?.state !== 'dead') throw threatErrors.missing({ what: 'dead delivery', id })
      const next = revived(delivery, clock.now())
      await outbox.update(next)
      await audit(db(), { at: clock.now(), actor: caller.participant, action: 'delivery.revive', target: id })
      return deliveryView(next)
    },
    dispatch: () => {
      dispatching ??= refresh()
        .then(() => send({ ...parts, outbox, endpoints: known }))
        .finally(() => {
          dispatching = undefined
        })
      return dispatching
    },
  }
}

interface Sending extends Parts {
  readonly outbox: OutboxStore
  readonly endpoints: readonly WebhookEndpoint[]
}

async function send({ outbox, endpoints, secrets, clock, random }: Sending): Promise<void> {
  const hosts = endpoints.map(({ url }) => ({
    host: new URL(url).hostname.replace(/^\[|\]$/g, ''), // an IPv6 address stands in brackets
    port: Number(new URL(url).port || 443),
    reach: 'public' as const,
  }))
  const guard = { hosts, maxBytes: MAX_ANSWER }
  const policy = { guard, retry: STANDARD_RETRY, timeoutMs: TIMEOUT_MS }
  await dispatchDue({ outbox, endpoints, secrets, clock, random, ...policy }, AT_ONCE)
}

async function views({ store }: Parts): Promise<WebhookView[]> {
  const db = store.db<ThreatTables>()
  const rows = await db.selectFrom('threat_webhooks').selectAll().orderBy('id').execute()
  const counts = await db
    .selectFrom('threat_outbox')
    .select((eb) => ['endpoint', 'state', eb.fn.countAll<string>().as('count')])
    .groupBy(['endpoint', 'state'])
    .execute()
  const count = (id: string, state: string) =>
    Number(counts.find((each) => each.endpoint === id && each.state === state)?.count ?? 0)
  return rows.map(({ id, url, secrets, added_by, added_at }) => ({
    ...{ id, url, secrets: JSON.parse(secrets) as string[], addedBy: added_by, addedAt: added_at.toISOString() },
    ...{ pending: count(id, 'pending'), delivered: count(id, 'delivered'), dead: count(id, 'dead') },
  }))
}

function deliveryView({
  id,
  endpoint,
  body,
  state,
  attempts,
  dueAt,
  lastProblem,
  createdAt,
  endedAt,
}: Delivery): DeliveryView {
  return {
    ...{ id, endpoint, type: String((JSON.parse(body) as { type?: unknown }).type), state, attempts, dueAt, createdAt },
    ...(lastProblem === undefined ? {} : { lastProblem }),
    ...(endedAt === undefined ? {} : { endedAt }),
  }
}
