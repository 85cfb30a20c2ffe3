import { canonicalJson, sha256Hex, utf8 } from '@dengta/kernel'
import { parseCondition, variablesOf } from '../playbook/condition.ts'
import type { Values } from '../playbook/evaluate-condition.ts'
import {
  type ActionStep,
  type AgentTarget,
  type Command,
  entryOf,
  type Identifier,
  type Playbook,
} from '../playbook/playbook.ts'
import { playbookErrors } from '../playbook/playbook-errors.ts'
import { substitute, variablesIn } from '../playbook/variable.ts'
import type { Adapter, Prepared } from './adapter.ts'
import { respondErrors } from './respond-errors.ts'
import type { Check, Work } from './run.ts'
import type { StepPolicy, Verification } from './step-policy.ts'

/** Also for a limit of 0, within which nothing could be done. */
const DEFAULT_TIMEOUT = 30_000
const MAX_TIMEOUT = 600_000
/** An undoing that its check finds missing is tried again: it was looked up, and is not a guess. */
const UNDO_RETRIES = 2

export interface Planning {
  readonly playbook: Playbook
  readonly adapters: readonly Adapter[]
  readonly values: Values
  /** What the step was done with: its undoing goes the same way. Empty in a rehearsal, which stays in the simulator. */
  readonly pinned?: readonly Prepared[]
}

/** What a step will send, with all variables filled in. Throws where a value is missing or a command cannot be sent. */
export function planStep(id: Identifier, step: ActionStep, policy: StepPolicy, planning: Planning): Work {
  const commands = prepareAll(step.commands, step, planning)
  return workOf('do', id, commands, {
    check: planCheck(policy.verification, step, planning),
    retries: policy.idempotent ? policy.retries : 0,
    keeps: (step.out_args ?? []).map((name) => name.slice(2, -2)),
  })
}

/** How the step is undone, with the values that it left behind; undefined where it cannot be. */
export function planUndo(id: Identifier, step: ActionStep, policy: StepPolicy, planning: Planning): Work | undefined {
  if (policy.undo === undefined) return undefined
  const commands = prepareAll(policy.undo.commands, step, planning)
  const check = planCheck(policy.undo.verification, step, planning)
  return workOf('undo', id, commands, { check, retries: check === undefined ? 0 : UNDO_RETRIES, keeps: [] })
}

function workOf(
  phase: Work['phase'],
  step: Identifier,
  commands: readonly Prepared[],
  rest: Pick<Work, 'check' | 'retries' | 'keeps'>,
): Work {
  const fresh = { next: 0, attempt: 1, inFlight: false, outputs: {} }
  return { phase, step, commands, digest: digestOf(commands), ...fresh, ...rest }
}

export function digestOf(prepared: Prepared | readonly Prepared[]): string {
  return sha256Hex(utf8(canonicalJson(prepared)))
}

/** Checks look at what is there: their outputs may be needed by nothing, so missing values are an error here as well. */
function planCheck(check: Verification | undefined, step: ActionStep, planning: Planning): Check | undefined {
  if (check === undefined) return undefined
  const { expect, attempts, wait } = check
  const named = variablesOf(parseCondition(expect)).filter((name) => planning.values.has(name))
  const values = Object.fromEntries(named.map((name) => [name, planning.values.get(name) ?? null]))
  return { requests: prepareAll(check.commands, step, planning), expect, values, attempts, wait }
}

function prepareAll(commands: readonly Command[], step: ActionStep, planning: Planning): readonly Prepared[] {
  const { playbook, values, pinned } = planning
  const named = entryOf(playbook.agent_definitions, step.agent) as AgentTarget
  const agent = filledIn(named, values)
  const authentication = entryOf(playbook.authentication_info_definitions, agent.authentication_info ?? '')
  const timeoutMs = Math.min(step.timeout || DEFAULT_TIMEOUT, MAX_TIMEOUT)
  const common = { agent, authentication, values, timeoutMs, siblings: step.commands, ...(pinned ? { pinned } : {}) }
  return commands.map((command) => adapterFor(command.type, planning.adapters).prepare({ ...common, command }))
}

export function adapterFor(type: string, adapters: readonly Adapter[]): Adapter {
  const adapter = adapters.find(({ types }) => types.includes(type))
  if (adapter === undefined) throw respondErrors.no_adapter({ type })
  return adapter
}

/** Addresses and ports of an agent may be variables. */
function filledIn(agent: AgentTarget, values: Values): AgentTarget {
  const fill = (text: string) => resolved(text, values)
  const address = Object.entries(agent.address ?? {}).map(([kind, list]) => [
    kind,
    list.map((each) => fill(String(each))),
  ])
  return {
    ...agent,
    address: Object.fromEntries(address),
    ...(agent.port === undefined ? {} : { port: fill(agent.port) }),
  }
}

/** Text with its variables filled in; throws `threat_playbook.no_value` where one is left. `encode` guards the place it goes to. */
export function resolved(text: string, values: Values, encode?: (value: string) => string): string {
  const open = variablesIn(text).find((name) => (values.get(name) ?? null) === null)
  if (open !== undefined) throw playbookErrors.no_value({ variable: open })
  return substitute(text, values, encode)
}
