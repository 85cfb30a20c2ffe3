import { canonicalJson, sha256Hex, utf8 } from '@dengta/kernel'
import { type OpenC2Command, type OpenC2Response, openc2Command } from './openc2.ts'

interface SimulatedHost {
  contained: boolean
  readonly processes: readonly string[]
  /** The newest artifact that was collected from it. */
  artifact?: string
}

/** Hosts, accounts and addresses with the state that responses change. Plain data: two equal worlds answer alike. */
export interface SimulatedWorld {
  readonly hosts: Map<string, SimulatedHost>
  readonly accounts: Map<string, { enabled: boolean }>
  /** Rule number by blocked address. */
  readonly blocked: Map<string, number>
  /** SHA-256 by artifact id. */
  readonly artifacts: Map<string, string>
  /** Rules and artifacts made so far. */
  made: number
}

const freshHost = (): SimulatedHost => ({ contained: false, processes: ['init', 'sshd'] })

export function simulatedWorld(hosts: readonly string[], accounts: readonly string[]): SimulatedWorld {
  return {
    hosts: new Map(hosts.map((name) => [name, freshHost()])),
    accounts: new Map(accounts.map((name) => [name, { enabled: true }])),
    blocked: new Map(),
    artifacts: new Map(),
    made: 0,
  }
}

const PROFILE = 'x-dengta'
const done = (results: Record<string, unknown> = {}): OpenC2Response => ({
  status: 200,
  results: { [PROFILE]: results },
})
const refuse = (status: 400 | 404 | 501, status_text: string): OpenC2Response => ({ status, status_text })

/** Puts the host or account that a command names into the world, where it is not there yet. */
export function meetTarget(world: SimulatedWorld, message: unknown): void {
  const read = openc2Command.safeParse(message)
  const [kind = '', target] = Object.entries(read.data?.target ?? {})[0] ?? []
  const host = kind === 'device' ? textOf(target, 'hostname') : ''
  const account = kind === `${PROFILE}:account` ? textOf(target, 'account_name') : ''
  if (host !== '' && !world.hosts.has(host)) world.hosts.set(host, freshHost())
  if (account !== '' && !world.accounts.has(account)) world.accounts.set(account, { enabled: true })
}

/** An OpenC2 actuator over the world: every command of the four house playbooks, 501 for the rest. */
export function actOnWorld(world: SimulatedWorld, message: unknown): OpenC2Response {
  const read = openc2Command.safeParse(message)
  if (!read.success) return refuse(400, 'no OpenC2 1.0 command')
  const [kind = '', target] = Object.entries(read.data.target)[0] ?? []
  switch (kind) {
    case 'device':
      return onDevice(world, read.data.action, textOf(target, 'hostname'))
    case `${PROFILE}:account`:
      return onAccount(world, read.data, textOf(target, 'account_name'))
    case 'ipv4_net':
    case 'ipv6_net':
      return onAddress(world, read.data.action, String(target))
    case 'slpf:rule_number':
      return deleteRule(world, read.data.action, Number(target))
    case 'artifact':
      return onArtifact(world, read.data.action, textOf(target, 'payload', 'url').replace('urn:x-dengta:', ''))
    default:
      return refuse(501, `target ${kind}`)
  }
}

function textOf(target: unknown, ...path: readonly string[]): string {
  const found = path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], target)
  return typeof found === 'string' ? found : ''
}

function onDevice(world: SimulatedWorld, action: OpenC2Command['action'], name: string): OpenC2Response {
  const host = world.hosts.get(name)
  if (host === undefined) return refuse(404, `no host ${name}`)
  if (action === 'investigate') collect(world, name, host)
  else if (action === 'contain' || action === 'allow') host.contained = action === 'contain'
  else if (action !== 'query') return refuse(501, `${action} device`)
  const digest = world.artifacts.get(host.artifact ?? '')
  const artifact = digest === undefined ? {} : { artifact_id: host.artifact, artifact_sha256: digest }
  return done({ containment: host.contained ? 'isolated' : 'none', ...artifact })
}

/** The state of the host, as one artifact named by its content: collecting the same state again gives the same artifact. */
function collect(world: SimulatedWorld, name: string, host: SimulatedHost): void {
  const { contained, processes } = host
  const digest = sha256Hex(utf8(canonicalJson({ name, contained, processes })))
  host.artifact = `artifact-${digest.slice(0, 12)}`
  world.artifacts.set(host.artifact, digest)
}

function onAccount(world: SimulatedWorld, { action, args }: OpenC2Command, name: string): OpenC2Response {
  const account = world.accounts.get(name)
  if (account === undefined) return refuse(404, `no account ${name}`)
  if (action === 'set') {
    const status = textOf(args, PROFILE, 'account_status')
    if (status !== 'enabled' && status !== 'disabled') return refuse(400, 'account_status')
    account.enabled = status === 'enabled'
  } else if (action !== 'query') return refuse(501, `${action} account`)
  return done({ account_status: account.enabled ? 'enabled' : 'disabled' })
}

function onAddress(world: SimulatedWorld, action: OpenC2Command['action'], address: string): OpenC2Response {
  if (action === 'deny' && !world.blocked.has(address)) {
    world.made += 1
    world.blocked.set(address, world.made)
  } else if (action !== 'deny' && action !== 'query') return refuse(501, `${action} address`)
  const rule = world.blocked.get(address)
  return done(rule === undefined ? { blocking: 'none' } : { blocking: 'denied', rule_number: rule })
}

function deleteRule(world: SimulatedWorld, action: OpenC2Command['action'], rule: number): OpenC2Response {
  if (action !== 'delete') return refuse(501, `${action} rule`)
  const found = [...world.blocked].find(([, number]) => number === rule)
  if (found === undefined) return refuse(404, `no rule ${rule}`)
  world.blocked.delete(found[0])
  return done()
}

function onArtifact(world: SimulatedWorld, action: OpenC2Command['action'], id: string): OpenC2Response {
  if (action === 'delete') world.artifacts.delete(id)
  else if (action !== 'query') return refuse(501, `${action} artifact`)
  return done({ artifact_state: world.artifacts.has(id) ? 'kept' : 'absent' })
}
