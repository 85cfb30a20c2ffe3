import type { Values } from '../playbook/evaluate-condition.ts'
import { variablesIn } from '../playbook/variable.ts'
import type { Order, Prepared } from './adapter.ts'
import type { AllowedHost, Reach } from './host-guard.ts'
import { httpAdapter } from './http-adapter.ts'
import { openc2Adapter } from './openc2-adapter.ts'
import { resolved } from './plan-work.ts'
import { respondErrors } from './respond-errors.ts'
import type { Asked, Verb } from './response-action.ts'
import { sshAdapter } from './ssh-adapter.ts'

interface HttpPlace {
  /** OpenC2: the address that commands are posted to. HTTP: scheme, host and port only. */
  readonly url: string
  /** Name of the secret; the Authorization header is made of it. */
  readonly secret?: string | undefined
  readonly reach?: Reach | undefined
  readonly plaintext?: boolean | undefined
}

interface HttpTemplate {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path and query; variables such as `__host__:value` are encoded. */
  readonly path: string
  /** JSON; variables stay inside its texts. */
  readonly body?: string | undefined
}

/** One for each verb; `check` serves for `check-undo` where that is absent. */
type PerVerb<T> = Readonly<Record<Exclude<Verb, 'check-undo'>, T>> & { readonly 'check-undo'?: T | undefined }

/**
 * Where the commands of one action go. Answers of `http` and `ssh` are JSON objects with the member that the playbook looks at:
 * `containment`, `account_status`, `blocking` and `rule_number`, or `artifact_id`, `artifact_sha256` and `artifact_state`.
 */
export type ActuatorTarget =
  | { readonly kind: 'simulator' }
  | ({ readonly kind: 'openc2' } & HttpPlace)
  | ({ readonly kind: 'http'; readonly requests: PerVerb<HttpTemplate> } & HttpPlace)
  | {
      readonly kind: 'ssh'
      readonly host: string
      readonly port: number
      readonly user: string
      /** Name of the secret that holds the private key. */
      readonly secret: string
      /** Public key of the host, `type base64`: a host with another key is not spoken to. */
      readonly hostKey: string
      readonly commands: PerVerb<string>
    }

export type RealTarget = Exclude<ActuatorTarget, { kind: 'simulator' }>

/** Bytes of an answer that are read. */
const MAX_ANSWER = 1_048_576

/** The one host that a target may be reached at. */
function hostsOf(target: Exclude<RealTarget, { kind: 'ssh' }>): readonly AllowedHost[] {
  if (!URL.canParse(target.url))
    throw respondErrors.bad_order({ why: { en: `"${target.url}" is no address`, zh: `“${target.url}”不是地址` } })
  const { hostname, port, pathname, search, hash } = new URL(target.url)
  if (search !== '' || hash !== '' || (target.kind === 'http' && pathname !== '/'))
    throw respondErrors.bad_order({
      why: {
        en: `"${target.url}" carries more than it may: paths belong to the requests`,
        zh: `“${target.url}”包含多余的部分：路径应写在请求中`,
      },
    })
  const { reach, plaintext } = target
  return [
    {
      host: hostname.replace(/^\[|\]$/g, '').toLowerCase(),
      ...(port === '' ? {} : { port: Number(port) }),
      ...(reach === undefined ? {} : { reach }),
      ...(plaintext === undefined ? {} : { plaintext }),
    },
  ]
}

/** The adapter that reaches a target, and nothing else. */
export function adapterOf(target: RealTarget) {
  if (target.kind === 'ssh') {
    const { host, port, user, hostKey } = target
    return sshAdapter({ hosts: [{ host, port, user, hostKey }], maxBytes: MAX_ANSWER })
  }
  const guard = { hosts: hostsOf(target), maxBytes: MAX_ANSWER }
  return target.kind === 'openc2' ? openc2Adapter(guard) : httpAdapter(guard)
}

/** What is sent to the target for what a playbook asks. Throws as `Adapter.prepare`. */
export function prepareFor(target: RealTarget, asked: Asked, order: Order): Prepared {
  return adapterOf(target).prepare({
    ...order,
    ...placed(target, asked, order),
    values: valuesFor(asked, order.values),
  })
}

function placed(
  target: RealTarget,
  { action, verb }: Asked,
  { command }: Order,
): Pick<Order, 'command' | 'agent' | 'authentication'> {
  const authentication = authenticationOf(target)
  if (target.kind === 'ssh') {
    const address = { dname: [target.host] }
    const line = target.commands[verb] ?? target.commands.check
    const agent = { type: 'ssh', name: action, address, port: String(target.port) }
    return { command: { type: 'ssh', command: line }, agent, authentication }
  }
  const agent = { type: 'http-api', name: action, address: { url: [target.url] } }
  if (target.kind === 'openc2') {
    const openc2 = { ...command, command: `POST ${new URL(target.url).pathname} HTTP/1.1`, headers: {} }
    return { command: openc2, agent, authentication }
  }
  const { method, path, body } = target.requests[verb] ?? target.requests.check
  const line = `${method} ${path} HTTP/1.1`
  const content = body === undefined ? {} : { content: body, headers: { 'content-type': ['application/json'] } }
  return { command: { type: 'http-api', command: line, ...content }, agent, authentication }
}

function authenticationOf(target: RealTarget): Order['authentication'] {
  if (target.secret === undefined) return undefined
  const key = { kms: true, kms_key_identifier: target.secret }
  return target.kind === 'ssh' ? { type: 'user-auth', username: target.user, ...key } : { type: 'oauth2', ...key }
}

/** Values of the playbook and, under the names of the house, what the command asks about; what is not known yet is left out. */
function valuesFor({ values: asked }: Asked, values: Values): Values {
  const known = Object.entries(asked).filter(([, text]) =>
    variablesIn(text).every((name) => (values.get(name) ?? null) !== null),
  )
  return new Map([...values, ...known.map(([name, text]) => [name, resolved(text, values)] as const)])
}
