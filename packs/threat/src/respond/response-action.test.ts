import { base64, utf8 } from '@dengta/kernel'
import { expect, test } from 'vitest'
import type { ActionStep, Command } from '../playbook/playbook.ts'
import { HOUSE_EXTENSION } from '../playbook/playbook-names.ts'
import { house } from './engine.fixture.ts'
import { askedOf, floorOf, RESPONSE_ACTIONS } from './response-action.ts'
import { stepPolicy } from './step-policy.ts'
import { tryTarget } from './try-target.ts'

const openc2 = (message: unknown): Command => ({
  ...{ type: 'openc2-http', command: 'POST / HTTP/1.1' },
  content_b64: base64(utf8(JSON.stringify(message))),
})
const device = { device: { hostname: 'web-01' } }
const [contain, look, investigate] = ['contain', 'query', 'investigate'].map((action) =>
  openc2({ action, target: device }),
) as [Command, Command, Command]

test('every command of the four house playbooks is known, and asks for no more consent than it states', () => {
  const seen: string[] = []
  for (const [name, { workflow }] of house) {
    for (const [id, step] of Object.entries(workflow)) {
      if (step.type !== 'action') continue
      const { approval, approver_differs, undo, verification } = stepPolicy(id, step)
      const stated = step.step_extensions?.[HOUSE_EXTENSION] as { approval: string; undo: { approval: string } }
      expect([approval, undo?.approval]).toEqual([stated.approval, stated.undo.approval])
      const all = [step.commands, verification?.commands, undo?.commands, undo?.verification?.commands]
      for (const each of all.flatMap((list) => list ?? [])) {
        const asked = askedOf(each, step.commands)
        expect([name, asked?.action]).toEqual([name, name])
        seen.push(`${name} ${asked?.verb}`)
        if (asked?.verb === 'do') expect(floorOf(asked)).toEqual({ approval, differs: approver_differs })
      }
    }
  }
  expect(new Set(seen).size).toBe(3 * RESPONSE_ACTIONS.length + 1)
})

test('looking at a host belongs to the action of its step', () => {
  expect(askedOf(look, [look])?.action).toBe('isolate-host')
  expect(askedOf(look, [investigate])?.action).toBe('collect-evidence')
  expect(askedOf(look, [look, contain])?.action).toBe('isolate-host')
})

test.each([
  ['no action of the house', openc2({ action: 'restart', target: device })],
  ['a verb that is a variable', openc2({ action: '__verb__:value', target: device })],
  [
    'a status that is a variable',
    openc2({
      action: 'set',
      target: { 'x-dengta:account': { account_name: 'eve' } },
      args: { 'x-dengta': { account_status: '__status__:value' } },
    }),
  ],
  [
    'a status that every object has',
    openc2({
      action: 'set',
      target: { 'x-dengta:account': { account_name: 'eve' } },
      args: { 'x-dengta': { account_status: 'constructor' } },
    }),
  ],
  ['no JSON', { type: 'openc2-http', command: 'POST / HTTP/1.1', content_b64: base64(utf8('{')) }],
  ['another language', { type: 'ssh', command: 'contain web-01' }],
  ['two targets', openc2({ action: 'contain', target: { ...device, ipv4_net: '192.0.2.1' } })],
])('%s stays in the simulator', (_, command) => {
  expect(askedOf(command, [command])).toBeUndefined()
})

test('consent cannot be lowered by hiding the deed in a check or an undoing', () => {
  const policyOf = (extension: object, commands: readonly Command[] = [look]) => {
    const step_extensions = { [HOUSE_EXTENSION]: { approval: 'none', approver_differs: false, ...extension } }
    return stepPolicy('action--1', { type: 'action', agent: 'x', commands, step_extensions } as ActionStep)
  }
  expect(policyOf({}).approval).toBe('none')
  const hidden = { commands: [look, contain], expect: "__x__:value = 'y'" }
  expect(() => policyOf({ verification: hidden })).toThrow('$.verification.commands[1]: a check only looks')
  const undo = { commands: [look], approval: 'none', verification: hidden }
  expect(() => policyOf({ undo })).toThrow('$.undo.verification.commands[1]: a check only looks')
  expect(policyOf({ undo: { ...undo, commands: [contain], verification: undefined } }).undo?.approval).toBe('lead')
  const disable = openc2({
    action: 'set',
    target: { 'x-dengta:account': { account_name: 'eve' } },
    args: { 'x-dengta': { account_status: 'disabled' } },
  })
  expect(policyOf({}, [look, disable]).approval).toBe('two-people')
})

test('a consent that nobody would ask for is refused, not passed over', () => {
  const step_extensions = { [HOUSE_EXTENSION]: { approval: 'two-people' } }
  const call = { type: 'playbook-action', playbook_id: 'playbook--1', step_extensions } as const
  expect(() => stepPolicy('playbook-action--1', call)).toThrow('only action steps are approved')
  const named = { ...call, step_extensions: { [HOUSE_EXTENSION]: { name_zh: '调用' } } }
  expect(() => stepPolicy('playbook-action--1', named)).not.toThrow()
})

test('the body of a request is JSON, so that a value stays inside its text', () => {
  const request = { method: 'POST', path: '/' } as const
  const withBody = (body: string) => {
    const requests = { do: { ...request, body }, check: request, undo: request }
    return tryTarget('isolate-host', { kind: 'http', url: 'https://198.51.101.1', requests })[0]?.request
  }
  expect(withBody('{"host":"__host__:value"}')).toMatchObject({
    ...{ body: '{"host":"host-1"}', headers: { 'content-type': 'application/json' } },
  })
  expect(() => withBody('host=__host__:value&force=no')).toThrow('its content is not readable JSON')
})

test('a target is tried with every verb of its action before it is kept', () => {
  const openc2Place = { kind: 'openc2', url: 'https://198.51.101.1/openc2' } as const
  for (const action of RESPONSE_ACTIONS) {
    const tried = tryTarget(action, openc2Place)
    expect(tried.length).toBe(action === 'collect-evidence' ? 4 : 3)
    for (const each of tried) expect(each.request).toMatchObject({ method: 'POST', url: openc2Place.url })
  }
  expect(() => tryTarget('block-address', { kind: 'openc2', url: 'https://192.168.1.1/' })).toThrow('may not be called')
})
