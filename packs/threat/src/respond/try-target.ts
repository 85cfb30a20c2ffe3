import { base64, utf8 } from '@dengta/kernel'
import { type ActuatorTarget, prepareFor } from './actuator.ts'
import type { Prepared } from './adapter.ts'
import type { ResponseAction, Verb } from './response-action.ts'

/** Values that stand for those of a run, within the blocks kept for examples (RFC 5737). */
const SAMPLE = new Map([
  ['__host__', 'host-1'],
  ['__account__', 'account-1'],
  ['__address__', '192.0.2.1'],
  ['__rule_number__', '1'],
  ['__artifact_id__', 'artifact-1'],
])

const device = { device: { hostname: 'host-1' } }
const account = { 'x-dengta:account': { account_name: 'account-1' } }
const address = { ipv4_net: '192.0.2.1' }
const artifact = { artifact: { payload: { url: 'urn:x-dengta:artifact-1' } } }
const status = (account_status: string) => ({ 'x-dengta': { account_status } })

const MESSAGES: Readonly<Record<ResponseAction, Readonly<Partial<Record<Verb, object>>>>> = {
  'isolate-host': {
    do: { action: 'contain', target: device },
    check: { action: 'query', target: device },
    undo: { action: 'allow', target: device },
  },
  'disable-account': {
    do: { action: 'set', target: account, args: status('disabled') },
    check: { action: 'query', target: account },
    undo: { action: 'set', target: account, args: status('enabled') },
  },
  'block-address': {
    do: { action: 'deny', target: address },
    check: { action: 'query', target: address },
    undo: { action: 'delete', target: { 'slpf:rule_number': '1' } },
  },
  'collect-evidence': {
    do: { action: 'investigate', target: device },
    check: { action: 'query', target: device },
    undo: { action: 'delete', target: artifact },
    'check-undo': { action: 'query', target: artifact },
  },
}

export interface Sample extends Prepared {
  readonly verb: Verb
}

/**
 * Everything that a target would be sent for an action, with sample values; nothing is sent. So a target with a mistake is refused
 * when it is chosen, not when it is needed. Throws as `Adapter.prepare`.
 */
export function tryTarget(action: ResponseAction, target: ActuatorTarget): readonly Sample[] {
  if (target.kind === 'simulator') return []
  return Object.entries(MESSAGES[action]).map(([name, message]) => {
    const verb = name as Verb
    const content_b64 = base64(utf8(JSON.stringify(message)))
    const command = { type: 'openc2-http', command: 'POST / HTTP/1.1', content_b64 }
    const asked = { action, verb, values: {} }
    const agent = { type: 'http-api', name: action }
    const order = { command, agent, authentication: undefined, values: SAMPLE, timeoutMs: 1000 }
    return { verb, ...prepareFor(target, asked, order) }
  })
}
