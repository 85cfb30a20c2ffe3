import { canonicalJson } from '@dengta/kernel'
import { plainJson } from '../storable.ts'
import type { GroupBody } from './group-rows.ts'

/** One decision as a line of a sealed file: what was decided, of what, and why. */
export function decisionLine(id: string, network: string, model: string, { group, decision }: GroupBody): string {
  return canonicalJson(plainJson({ id, network, model, group, decision }))
}
