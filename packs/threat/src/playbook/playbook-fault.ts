import type { Text } from '@dengta/kernel'

/** One thing wrong with a playbook: where, as a JSON path such as `$.workflow["end--..."].name`, and what. */
export interface PlaybookFault {
  readonly path: string
  readonly problem: Text
}

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/

export function jsonPath(steps: readonly PropertyKey[]): string {
  return steps.reduce<string>((path, step) => path + stepText(step), '$')
}

function stepText(step: PropertyKey): string {
  if (typeof step === 'number') return `[${step}]`
  const name = String(step)
  return PLAIN.test(name) ? `.${name}` : `[${JSON.stringify(name.length > 120 ? `${name.slice(0, 120)}…` : name)}]`
}

export function fault(steps: readonly PropertyKey[], en: string, zh: string): PlaybookFault {
  return { path: jsonPath(steps), problem: { en, zh } }
}
