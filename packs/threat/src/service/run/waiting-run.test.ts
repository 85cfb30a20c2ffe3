import type { RunDetail, RunList } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { expect, test, vi } from 'vitest'
import { playbookId } from '../actuator/actuator.fixture.ts'
import { ANN, AUDITOR, OPERATOR, threatHouse } from '../threat-house.fixture.ts'

const [embedded] = testStores()

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

test('a run that waits does not keep a house that closes; undoing is offered to whom it is allowed', async () => {
  const house = await threatHouse(embedded!)
  const playbook = playbookId('collect-evidence')
  const request = { inputs: { __host__: 'web-1' }, reason: 'a shell' }
  const done = await house.call<RunDetail>(ANN, 'POST /runs', { body: { playbook, ...request } })
  const seen = await house.call<RunDetail>(OPERATOR, 'GET /runs/:id', { params: { id: done.id } })
  expect([done.may.undo, seen.may.undo]).toEqual([false, true])

  const { body } = await house.call<{ body: string }>(AUDITOR, 'GET /playbooks/:id/file', { params: { id: playbook } })
  const slow = playbook.replace(/.$/, 'e')
  const text = body.replaceAll(playbook, slow).replace('"type":"action"', '"delay":3600000,"type":"action"')
  await house.call(ANN, 'POST /playbooks', { body: bytesOf(text) })
  const waiting = house.call<RunDetail>(ANN, 'POST /runs', { body: { playbook: slow, ...request } })
  const ended = expect(waiting).rejects.toThrow('aborted')
  const running = () => house.call<RunList>(AUDITOR, 'GET /runs', { query: { status: 'running' } })
  await vi.waitFor(async () => expect((await running()).runs).toHaveLength(1))
  await house.close()
  await ended
})
