import { base64, type Json, type Text, utf8 } from '@dengta/kernel'
import type { Values } from '../playbook/evaluate-condition.ts'
import type { AgentTarget, AuthenticationInfo, Command } from '../playbook/playbook.ts'

/** One command of a playbook with everything that it names. */
export interface Order {
  readonly command: Command
  readonly agent: AgentTarget
  readonly authentication: AuthenticationInfo | undefined
  readonly values: Values
  readonly timeoutMs: number
  /** All commands of the step that this one belongs to. */
  readonly siblings?: readonly Command[]
  /** What the step was done with, for its undoing; empty in a rehearsal. Nothing goes to a real place that is not among it. */
  readonly pinned?: readonly Prepared[]
}

/** Exactly what will be sent, as JSON: shown in a dry run, approved, stored before it is sent. Secrets stand in it by reference only. */
export interface Prepared {
  /** The type of the command, which names its adapter. */
  readonly type: string
  /** Whom it is sent to: an URL, `user@host:port`, a person. */
  readonly place: string
  readonly request: Json
  /** Name of the secret in the key store. */
  readonly secret?: string
  /** The choice of an owner that sends it there, by its number; absent in the simulator. */
  readonly via?: { readonly action: string; readonly verb: string; readonly choice: number }
  readonly timeoutMs: number
}

/**
 * `failed`: it surely did not happen. `unknown`: it was sent and may have happened. `outputs` are the values that the answer carries,
 * by name; `detail` is one line for people, without secrets.
 */
export interface Answer {
  readonly outcome: 'succeeded' | 'failed' | 'unknown'
  readonly detail: string
  /** The same in both languages, where it is more than what the other side said. */
  readonly text?: Text
  readonly outputs: Readonly<Record<string, string>>
  /** SHA-256 of the answer as it came, in hexadecimal; absent where none came. */
  readonly digest?: string
}

/** Port: gives a secret away at the last moment; throws an AppError, without the secret, where there is none of this name. */
export interface SecretSource {
  reveal(reference: string): Promise<string>
}

/** Port: carries out commands of some types. `prepare` is pure; `send` answers whatever the other side does, and throws
 * an AppError only before anything was sent. */
export interface Adapter {
  readonly types: readonly string[]
  /** Throws `threat_respond.bad_order`, `host_refused`, or `threat_playbook.no_value`; nothing has been sent then. */
  prepare(order: Order): Prepared
  send(prepared: Prepared, secrets: SecretSource): Promise<Answer>
}

const MAX_OUTPUTS = 64
const MAX_OUTPUT = 4096

/** The scalar members of an answer as outputs; longer texts and deeper values are left out. */
export function outputsOf(answer: unknown): Record<string, string> {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return {}
  const scalars = Object.entries(answer).flatMap(([name, value]): [string, string][] => {
    const scalar = ['string', 'number', 'boolean'].includes(typeof value)
    return scalar && name !== '__proto__' && String(value).length <= MAX_OUTPUT ? [[name, String(value)]] : []
  })
  return Object.fromEntries(scalars.slice(0, MAX_OUTPUTS))
}

/** User and password of Basic authentication. */
export const PASSWORD = /^[^:\s]+:(.+)$/

/** The secret must not come back in what is kept: neither whole, nor as it stands in a header, nor its password alone. */
export function withoutSecret(answer: Answer, secret: string | undefined): Answer {
  if (secret === undefined || secret === '') return answer
  const forms = [secret, base64(utf8(secret)), PASSWORD.exec(secret)?.[1] ?? secret]
  const hide = (text: string) => forms.reduce((left, form) => left.replaceAll(form, '[secret]'), text)
  const outputs = Object.fromEntries(Object.entries(answer.outputs).map(([name, value]) => [name, hide(value)]))
  return { ...answer, detail: hide(answer.detail), outputs }
}
