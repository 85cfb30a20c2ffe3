import type { Kysely, Transaction } from 'kysely'
import { deliveriesOf, type WebhookEndpoint } from '../../publish/webhook-dispatcher.ts'
import type { ThreatTables } from '../tables.ts'
import { addDeliveries } from './sql-outbox-store.ts'

interface Telling {
  readonly at: Date
  readonly endpoints: readonly WebhookEndpoint[]
}

/** `incident.created` for each incident newly opened, written with it; one that was told before is not told again. */
export async function tellOpened(
  tx: Transaction<ThreatTables>,
  incidents: readonly string[],
  { at, endpoints }: Telling,
): Promise<void> {
  for (const incident of incidents) {
    const event = { id: `${incident}:created`, type: 'incident.created', at, data: { incident } }
    await addDeliveries(tx, deliveriesOf(event, endpoints))
  }
}

/** The endpoints that people have added, by id. */
export async function readEndpoints(db: Kysely<ThreatTables>): Promise<readonly WebhookEndpoint[]> {
  const rows = await db.selectFrom('threat_webhooks').selectAll().orderBy('id').execute()
  return rows.map(({ id, url, secrets }) => ({ id, url, secrets: JSON.parse(secrets) as string[] }))
}
