import { actuatorTarget, type NewActuatorTarget, type ResponseActionName } from '@dengta/sdk'

export const targetKinds = ['simulator', 'openc2', 'http', 'ssh'] as const
export type TargetKind = (typeof targetKinds)[number]

export type ReadTarget =
  | { readonly ok: true; readonly target: NewActuatorTarget }
  | { readonly ok: false; readonly problem: string }

/** Checked by the schema that the server uses. */
export function readTarget(text: string): ReadTarget {
  try {
    const read = actuatorTarget.safeParse(JSON.parse(text))
    if (read.success) return { ok: true, target: read.data }
    const [issue] = read.error.issues
    return { ok: false, problem: [issue?.path.join('.'), issue?.message].filter(Boolean).join(': ') }
  } catch (cause) {
    if (cause instanceof SyntaxError) return { ok: false, problem: cause.message }
    throw cause
  }
}

/** What an action is about, and what names its undoing. */
const ABOUT: Readonly<Record<ResponseActionName, readonly [place: string, subject: string, undone: string]>> = {
  'isolate-host': ['hosts', '__host__:value', '__host__:value'],
  'disable-account': ['accounts', '__account__:value', '__account__:value'],
  'block-address': ['blocks', '__address__:value', '__rule_number__:value'],
  'collect-evidence': ['evidence', '__host__:value', '__artifact_id__:value'],
}

/** A whole target of a kind, to be changed by its owner: hosts and names in it are examples. */
export function exampleTarget(action: ResponseActionName, kind: TargetKind): string {
  return JSON.stringify(exampleOf(action, kind), null, 2)
}

function exampleOf(action: ResponseActionName, kind: TargetKind): NewActuatorTarget {
  const [place, subject, undone] = ABOUT[action]
  if (kind === 'simulator') return { kind }
  if (kind === 'openc2')
    return { kind, url: 'https://actuator.example/.well-known/openc2', secret: 'openc2-actuator', reach: 'private' }
  if (kind === 'http') {
    const requests = {
      do: { method: 'POST' as const, path: `/${place}/${subject}` },
      check: { method: 'GET' as const, path: `/${place}/${subject}` },
      undo: { method: 'DELETE' as const, path: `/${place}/${undone}` },
    }
    return { kind, url: 'https://actuator.example', secret: 'actuator', reach: 'private', requests }
  }
  const line = (verb: string, about: string) => `/usr/local/bin/${action} ${verb} ${about}`
  const commands = { do: line('do', subject), check: line('check', subject), undo: line('undo', undone) }
  const host = { host: 'actuator.example', port: 22, user: 'responder' }
  return { kind, ...host, secret: 'ssh-key', hostKey: 'ssh-ed25519 AAAA', commands }
}
