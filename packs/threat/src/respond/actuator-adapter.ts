import { type ActuatorTarget, adapterOf, prepareFor, type RealTarget } from './actuator.ts'
import type { Adapter, Answer, Order, Prepared, SecretSource } from './adapter.ts'
import { resolved } from './plan-work.ts'
import { respondErrors } from './respond-errors.ts'
import { type Asked, askedOf, type ResponseAction } from './response-action.ts'
import { checkBlockable } from './wide-block.ts'

/** A target as it was chosen once. */
export interface Choice {
  readonly number: number
  readonly target: ActuatorTarget
}

/** Port: what has been chosen. Choices are only added, so that a step is checked and undone where it was done. */
export interface Choices {
  /** Undefined: nothing was ever chosen, the simulator serves. */
  inForce(action: ResponseAction): Choice | undefined
  ofNumber(number: number): Choice | undefined
}

export interface ActuatorAdapterParts {
  readonly simulator: Adapter
  readonly choices: Choices
  /** Gives the path of a private key instead of its text. */
  readonly identities: SecretSource
}

/** Whether a command stays in the simulator of the house. */
export function isSimulated({ place }: Pick<Prepared, 'place'>): boolean {
  return place.startsWith('simulator:')
}

/**
 * Commands of playbooks in OpenC2, each carried where its action was told to go. Address and secret come from that choice,
 * never from the playbook; commands in http-api or ssh that a playbook brings along itself are refused.
 */
export function actuatorAdapters(parts: ActuatorAdapterParts): readonly Adapter[] {
  const send = (prepared: Prepared, secrets: SecretSource) => sendOn(parts, prepared, secrets)
  const refuse = ({ command: { type } }: Order): never => {
    throw respondErrors.no_adapter({ type })
  }
  return [
    { types: ['openc2-http'], prepare: (order) => prepare(parts, order), send },
    { types: ['http-api', 'ssh'], prepare: refuse, send },
  ]
}

function prepare({ simulator, choices }: ActuatorAdapterParts, order: Order): Prepared {
  const asked = askedOf(order.command, order.siblings ?? [order.command])
  if (asked?.action === 'block-address' && asked.verb === 'do')
    checkBlockable(resolved(asked.values.__address__ ?? '', order.values))
  const choice = asked && choiceFor(choices, asked, order)
  if (asked === undefined || choice === undefined || choice.target.kind === 'simulator') return simulator.prepare(order)
  const { action, verb } = asked
  return { ...prepareFor(choice.target, asked, order), via: { action, verb, choice: choice.number } }
}

/** An undoing goes where the doing went, whatever is in force by then. */
function choiceFor(choices: Choices, { action }: Asked, { pinned }: Order): Choice | undefined {
  if (pinned === undefined) return choices.inForce(action)
  const via = pinned.find((each) => each.via?.action === action)?.via
  return via && choices.ofNumber(via.choice)
}

async function sendOn(parts: ActuatorAdapterParts, prepared: Prepared, secrets: SecretSource): Promise<Answer> {
  const { via } = prepared
  if (via === undefined) return parts.simulator.send(prepared, secrets)
  const target = targetOf(parts.choices, via)
  return adapterOf(target).send(prepared, target.kind === 'ssh' ? parts.identities : secrets)
}

/** Something new is done only where the owner wants it now. */
function targetOf(choices: Choices, via: NonNullable<Prepared['via']>): RealTarget {
  const choice = choices.ofNumber(via.choice)
  const isStale = via.verb === 'do' && choices.inForce(via.action as ResponseAction)?.number !== via.choice
  if (choice === undefined || choice.target.kind === 'simulator' || isStale)
    throw respondErrors.target_changed({ action: via.action })
  return choice.target
}
