import { fromBase64, fromUtf8 } from '@dengta/kernel'
import { type Command, entryOf } from '../playbook/playbook.ts'
import type { ApprovalLevel } from './approval.ts'
import { type OpenC2Command, openc2Command } from './openc2.ts'

export const RESPONSE_ACTIONS = ['isolate-host', 'disable-account', 'block-address', 'collect-evidence'] as const
/** What the house can do about an attack; an owner chooses for each where its commands go. */
export type ResponseAction = (typeof RESPONSE_ACTIONS)[number]

/** `check` asks whether it was done, or undone; `check-undo` asks for what an undoing removes. */
export type Verb = 'do' | 'check' | 'undo' | 'check-undo'

/** What an OpenC2 command of a playbook asks for. `values` may still name variables of the playbook. */
export interface Asked {
  readonly action: ResponseAction
  readonly verb: Verb
  readonly values: Readonly<Record<string, string>>
}

/** The least consent that an action asks for, whatever a playbook states: that of the playbooks of the house. */
const FLOORS: Readonly<Record<ResponseAction, { do: ApprovalLevel; undo: ApprovalLevel; differs: boolean }>> = {
  'isolate-host': { do: 'lead', undo: 'analyst', differs: true },
  'disable-account': { do: 'two-people', undo: 'lead', differs: true },
  'block-address': { do: 'analyst', undo: 'analyst', differs: false },
  'collect-evidence': { do: 'none', undo: 'lead', differs: false },
}

export function floorOf({ action, verb }: Asked): { readonly approval: ApprovalLevel; readonly differs: boolean } {
  const floor = FLOORS[action]
  if (verb === 'do') return { approval: floor.do, differs: floor.differs }
  return { approval: verb === 'undo' ? floor.undo : 'none', differs: false }
}

/**
 * The action that a command belongs to, by its text before variables are filled in; undefined for what the house has no action for.
 * Looking at a host serves two actions: the step's own commands tell which.
 */
export function askedOf(command: Command, siblings: readonly Command[]): Asked | undefined {
  const asked = readAsked(command)
  if (asked !== 'host-query') return asked
  const host = hostOf(command)
  const own = siblings.map(readAsked).find((each) => each !== undefined && each !== 'host-query')
  const action = own?.action === 'collect-evidence' ? 'collect-evidence' : 'isolate-host'
  return { action, verb: 'check', values: { __host__: host } }
}

function readAsked(command: Command): Asked | 'host-query' | undefined {
  const read = messageOf(command)
  const [kind = '', target] = Object.entries(read?.target ?? {})[0] ?? []
  if (read === undefined) return undefined
  switch (kind) {
    case 'device':
      return ofDevice(read.action, textAt(target, 'hostname'))
    case 'x-dengta:account':
      return ofAccount(read, textAt(target, 'account_name'))
    case 'ipv4_net':
    case 'ipv6_net':
      return ofVerb(
        'block-address',
        { deny: 'do', query: 'check' }[read.action as string],
        'address',
        typeof target === 'string' ? target : undefined,
      )
    case 'slpf:rule_number':
      return ofVerb('block-address', { delete: 'undo' }[read.action as string], 'rule_number', String(target))
    case 'artifact':
      return ofArtifact(read.action, textAt(target, 'payload', 'url'))
    default:
      return undefined
  }
}

function messageOf({ type, content_b64 }: Command): OpenC2Command | undefined {
  if (type !== 'openc2-http' || content_b64 === undefined) return undefined
  try {
    return openc2Command.safeParse(JSON.parse(fromUtf8(fromBase64(content_b64)))).data
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof TypeError) return undefined
    throw cause
  }
}

const hostOf = (command: Command): string => textAt(messageOf(command)?.target.device, 'hostname') ?? ''

function ofDevice(action: OpenC2Command['action'], host: string | undefined): Asked | 'host-query' | undefined {
  if (host === undefined) return undefined
  if (action === 'query') return 'host-query'
  if (action === 'investigate') return ofVerb('collect-evidence', 'do', 'host', host)
  return ofVerb('isolate-host', { contain: 'do', allow: 'undo' }[action as string], 'host', host)
}

function ofAccount({ action, args }: OpenC2Command, account: string | undefined): Asked | undefined {
  const status = textAt(args, 'x-dengta', 'account_status')
  const set = entryOf({ disabled: 'do', enabled: 'undo' }, status ?? '')
  return ofVerb('disable-account', action === 'set' ? set : { query: 'check' }[action as string], 'account', account)
}

function ofArtifact(action: OpenC2Command['action'], url: string | undefined): Asked | undefined {
  const verb = { delete: 'undo', query: 'check-undo' }[action as string]
  return ofVerb('collect-evidence', verb, 'artifact_id', url?.replace(/^urn:x-dengta:/, ''))
}

function ofVerb(
  action: ResponseAction,
  verb: string | undefined,
  name: string,
  value: string | undefined,
): Asked | undefined {
  return verb === undefined || value === undefined
    ? undefined
    : { action, verb: verb as Verb, values: { [`__${name}__`]: value } }
}

function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    value,
  )
  return typeof found === 'string' ? found : undefined
}
