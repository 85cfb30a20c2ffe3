import { parseCondition } from '../playbook/condition.ts'
import { holdsIfKnown, type Values } from '../playbook/evaluate-condition.ts'
import type { Answer } from './adapter.ts'
import type { ResponseParts } from './response-parts.ts'
import type { Check } from './run.ts'
import { sendOrSay } from './send-or-say.ts'

export interface Found {
  /** Undefined: no answer came, or it lacked what the expectation names. */
  readonly holds: boolean | undefined
  readonly detail: string
  readonly outputs: Readonly<Record<string, string>>
}

/** Asks until the expectation holds or the attempts are used up. */
export async function runCheck(parts: ResponseParts, check: Check, values: Values): Promise<Found> {
  let found = await askOnce(parts, check, values)
  for (let attempt = 2; attempt <= check.attempts && found.holds !== true; attempt += 1) {
    await parts.pause(check.wait)
    found = await askOnce(parts, check, values)
  }
  return found
}

async function askOnce(parts: ResponseParts, check: Check, values: Values): Promise<Found> {
  const answers: Answer[] = []
  for (const request of check.requests) answers.push(await sendOrSay(parts, request))
  const outputs: Record<string, string> = Object.assign({}, ...answers.map((answer) => answer.outputs))
  const silent = answers.find(({ outcome }) => outcome !== 'succeeded')
  if (silent) return { holds: undefined, outputs, detail: `${check.expect}: ${silent.detail}` }
  const named = Object.entries(outputs).map(([name, value]) => [`__${name}__`, value] as const)
  const holds = holdsIfKnown(parseCondition(check.expect), new Map([...values, ...named]))
  return { holds, outputs, detail: `${check.expect}: ${holds ?? 'unknown'}` }
}
