import type { Expression, Match } from '../rule/expression.ts'

/** A set of comparisons one of which must hold where the expression holds, and how often that is to be expected. */
export interface Witness {
  readonly matches: readonly Match[]
  readonly cost: number
}

/** Cost of a comparison, or undefined where it cannot be a witness: it is not decided by the automata. */
export type CostOf = (match: Match) => number | undefined

/** The cheapest witness; undefined where the expression can hold without any comparison being found. */
export function witnessOf(expression: Expression, costOf: CostOf): Witness | undefined {
  switch (expression.kind) {
    case 'match': {
      const cost = costOf(expression)
      return cost === undefined ? undefined : { matches: [expression], cost }
    }
    case 'and':
      return cheapest(expression.parts.map((part) => witnessOf(part, costOf)))
    case 'or':
      return together(expression.parts.map((part) => witnessOf(part, costOf)))
    case 'not':
      return undefined
    case 'nothing':
      return { matches: [], cost: 0 }
  }
}

function cheapest(found: readonly (Witness | undefined)[]): Witness | undefined {
  let best: Witness | undefined
  for (const each of found) if (each && (!best || each.cost < best.cost)) best = each
  return best
}

function together(found: readonly (Witness | undefined)[]): Witness | undefined {
  const all: Witness[] = []
  for (const each of found) {
    if (!each) return undefined
    all.push(each)
  }
  return { matches: all.flatMap((each) => each.matches), cost: all.reduce((sum, each) => sum + each.cost, 0) }
}
