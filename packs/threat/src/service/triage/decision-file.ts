import { canonicalJson } from '@dengta/kernel'
import type { GroupBody } from './group-rows.ts'

/** One decision as a line of a sealed file: what was decided, of what, and why. */
export function decisionLine(id: string, network: string, model: string, { group, decision }: GroupBody): string {
  const plain = JSON.parse(JSON.stringify({ id, network, model, group, decision }))
  return canonicalJson(plain)
}
