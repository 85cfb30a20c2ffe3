import { fillText, type Text } from '@dengta/kernel'
import { parseCondition } from '../playbook/condition.ts'
import { holdsIfKnown, type Values } from '../playbook/evaluate-condition.ts'
import type { Answer } from './adapter.ts'
import type { ResponseParts } from './response-parts.ts'
import type { Check } from './run.ts'
import { sameWords } from './same-words.ts'
import { sendOrSay } from './send-or-say.ts'

export interface Found {
  /** Undefined: no answer came, or it lacked what the expectation names. */
  readonly holds: boolean | undefined
  readonly detail: Text
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
  const expect = check.expect
  if (silent) {
    const { en, zh } = silent.text ?? sameWords(silent.detail)
    return { holds: undefined, outputs, detail: { en: `${expect}: ${en}`, zh: `${expect}：${zh}` } }
  }
  const named = Object.entries(outputs).map(([name, value]) => [`__${name}__`, value] as const)
  const known = new Map([...values, ...Object.entries(check.values ?? {}), ...named])
  const holds = holdsIfKnown(parseCondition(expect), known)
  return { holds, outputs, detail: fillText(HOLDS[`${holds ?? 'unknown'}`], { expect }) }
}

const HOLDS = {
  true: { en: '{expect}: true', zh: '{expect}：成立' },
  false: { en: '{expect}: false', zh: '{expect}：不成立' },
  unknown: { en: '{expect}: unknown', zh: '{expect}：未知' },
} satisfies Record<string, Text>
