import { expect, test } from 'vitest'
import { asPlaybook, idOf, playbookOf, straight } from '../playbook/playbook.fixture.ts'
import { HOUSE_EXTENSION } from '../playbook/playbook-names.ts'
import { ann, type BenchOptions, bench, libraryOf } from './engine.fixture.ts'

const openc2 = (message: object) => ({
  ...{ type: 'openc2-http', command: 'POST / HTTP/1.1' },
  content_b64: btoa(JSON.stringify(message)),
})
const device = { device: { hostname: 'web-01' } }
const [look, allow] = [openc2({ action: 'query', target: device }), openc2({ action: 'allow', target: device })]
const forget = openc2({ action: 'delete', target: { artifact: { payload: { url: 'urn:x-dengta:a' } } } })

/** A step that only looks, so that nobody is asked, with this undoing. */
function looking(undo: object) {
  const step_extensions = { [HOUSE_EXTENSION]: { approval: 'none', undo: { approval: 'none', ...undo } } }
  return straight({ commands: [look], step_extensions })
}

async function done(document: object, options: BenchOptions = {}) {
  const made = bench({ library: libraryOf(asPlaybook(document as never)), ...options })
  const run = await made.engine.start({ playbook: idOf('playbook', 1), inputs: {}, requester: 'ann', reason: '' })
  expect(run.status).toBe('succeeded')
  return { ...made, run }
}
const lea = { id: 'lea', level: 'lead' } as const

test('an undoing that failed in the middle goes on there: what was taken back is not taken back again', async () => {
  let refusals = 1
  const { engine, run, acted } = await done(looking({ commands: [allow, forget] }), {
    intercept: ({ action }) =>
      action === 'delete' && refusals-- > 0 ? { status: 404, status_text: 'later' } : undefined,
  })
  const failed = await engine.undo(run.id, lea)
  expect(failed).toMatchObject({ status: 'undo-failed', failure: { en: expect.stringContaining('later') } })
  expect(await engine.undo(run.id, lea)).toMatchObject({ status: 'undone' })
  expect(acted).toEqual(['allow', 'delete'])
})

test('an undoing that a person could not carry out has ended, and can be begun again', async () => {
  const { engine, run } = await done(looking({ commands: [{ type: 'manual', command: 'Plug it in again' }] }))
  expect(await engine.undo(run.id, lea)).toMatchObject({ status: 'waiting', asks: 'manual' })
  const failed = await engine.report(run.id, ann, { ok: false, detail: 'no access' })
  expect(failed).toMatchObject({ status: 'undo-failed', endedAt: expect.any(String) })
  expect(failed.failure).toEqual({ en: `${idOf('action', 3)}: no access`, zh: `${idOf('action', 3)}：no access` })
  expect(failed).not.toHaveProperty('work')
  expect((await engine.undo(run.id, lea)).asks).toBe('manual')
  expect((await engine.report(run.id, ann, { ok: true, detail: '' })).status).toBe('undone')
})

test('the check of an undoing in a called playbook knows the variables of that playbook', async () => {
  const [start, end, call] = [idOf('start', 1), idOf('end', 4), idOf('playbook-action', 3)]
  const caller = playbookOf({
    [start]: { type: 'start', on_completion: call },
    [call]: { type: 'playbook-action', playbook_id: idOf('playbook', 9), on_completion: end },
    [end]: { type: 'end' },
  })
  const verification = { commands: [look], expect: '__containment__:value = __wanted__:value' }
  const variables = { __wanted__: { type: 'string', value: 'none' } }
  const called = {
    ...looking({ commands: [allow], verification }),
    ...{ id: idOf('playbook', 9), playbook_variables: variables },
  }
  const { engine, run } = await done(caller, { library: libraryOf(asPlaybook(caller), asPlaybook(called)) })
  expect((await engine.undo(run.id, lea)).status).toBe('undone')
})

test('a value that a step keeps for itself is there for its undoing', async () => {
  const address = '203.0.113.9'
  const undo = { commands: [openc2({ action: 'delete', target: { 'slpf:rule_number': '__rule_number__:value' } })] }
  const document = straight({
    commands: [openc2({ action: 'deny', target: { ipv4_net: address } })],
    ...{ out_args: ['__rule_number__'], step_variables: { __rule_number__: { type: 'integer' } } },
    step_extensions: { [HOUSE_EXTENSION]: { approval: 'none', undo: { approval: 'none', ...undo } } },
  })
  const { engine, world } = bench({ library: libraryOf(asPlaybook(document)) })
  const asked = await engine.start({ playbook: idOf('playbook', 1), inputs: {}, requester: 'ann', reason: '' })
  const { run } = await engine.approve(asked.id, lea, asked.work?.digest ?? '')
  expect([run.status, world.blocked.has(address)]).toEqual(['succeeded', true])
  expect((await engine.undo(run.id, lea)).status).toBe('undone')
  expect(world.blocked.has(address)).toBe(false)
})
