import { expect, test } from 'vitest'
import { shortId } from './short-id.ts'

test.each([
  ['ticket_live_5', '#5'],
  ['incident_replay_01m81m9pzys4d6h369b4m98zde-events_12', '#12'],
  ['ticket_01m81m9pzys4d6h369b4m98zde', '…m98zde'],
])('%s is shown as %s', (id, shown) => expect(shortId(id)).toBe(shown))
