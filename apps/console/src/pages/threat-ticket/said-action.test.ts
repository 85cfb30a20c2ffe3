import { ticketAction } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { SAID, saidAction } from './said-action.ts'

test.each(SAID)('%s carries its word where the server takes it', (kind) => {
  const read = ticketAction.parse(saidAction(kind, 'because'))
  expect(Object.values(read)).toEqual([kind, 'because'])
})
