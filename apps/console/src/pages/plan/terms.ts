import type { PlanResult } from '@dengta/sdk'

type Terms = PlanResult['terms']

/** The six goals in the order of their importance, each with the parts that it is summed from. */
export const GOALS = [
  ['service', ['unserved', 'delay']],
  ['grid', ['grid']],
  ['electricity', ['electricity', 'demandCharge']],
  ['carbon', ['carbon']],
  ['fairness', ['fairness']],
  ['moves', ['moves']],
] as const satisfies readonly (readonly [string, readonly (keyof Terms)[]])[]

/** Yuan of one goal. */
export const goalYuan = (terms: Terms, parts: readonly (keyof Terms)[]): number =>
  parts.reduce((sum, part) => sum + terms[part], 0)
