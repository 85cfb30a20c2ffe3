import { fixedClock } from '@dengta/kernel'
import { testStores } from '@dengta/store'
import { expect, test } from 'vitest'
import { deliveriesOf } from '../../publish/webhook-dispatcher.ts'
import { threatMigrations } from '../migrations.ts'
import { sqlOutboxStore } from './sql-outbox-store.ts'
import { webhookDesk } from './webhook-desk.ts'

const [stores] = testStores()

test('a dispatch that is asked for while one is under way is that one: nothing is sent twice', async () => {
  const clock = fixedClock('2026-11-22T08:00:00Z')
  const store = await stores!.make(threatMigrations, { clock })
  const gone = { id: 'gone', url: 'https://soc.example', secrets: [] }
  const event = { id: 'incident_1:created', type: 'incident.created', at: clock.now(), data: {} }
  for (const delivery of deliveriesOf(event, [gone])) await sqlOutboxStore(store).add(delivery)
  const secrets = { reveal: () => Promise.reject(new TypeError('no secret is asked for')) }
  const desk = webhookDesk({ store, clock, secrets, random: () => 0 })
  await Promise.all([desk.dispatch(), desk.dispatch()])
  expect(await desk.deliveries({})).toMatchObject([{ endpoint: 'gone', state: 'dead', attempts: 1 }])
  await desk.dispatch()
  await store.close()
})
