import { insertAll, insertedPlan } from './guides.ts'
import { insert } from './insertion.ts'
import type { Problem } from './problem.ts'
import { emptyPlan, type Usage, yuanOf } from './usage.ts'
import { type Guide, guideOf } from './way-order.ts'

/** Plans that are begun anew by each guide, at most, while some job finds no room. */
const PASSES = 40

/** A plan that serves all, by the guide or else by true costs (prices can keep jobs together that true costs part); else the cheaper one. */
export function serveAll(problem: Problem, guide: Guide): Usage {
  const priced = squeakyWheel(problem, guide)
  if (priced.left === 0) return priced
  const plain = squeakyWheel(problem, guideOf(problem, priced.energySums))
  return yuanOf(plain) < yuanOf(priced) ? plain : priced
}

/**
 * Squeaky wheel (Joslin and Clements, JAIR 10, 1999): where greedy insertion leaves jobs out, they come first the next time. Returns
 * the cheapest of these plans, one that serves all as soon as there is one.
 */
function squeakyWheel(problem: Problem, guide: Guide): Usage {
  const complaints = new Int32Array(problem.jobs)
  let best = insertedPlan(problem, guide)
  let usage = best
  for (let pass = 1; pass < PASSES && usage.left > 0; pass += 1) {
    for (let j = 0; j < problem.jobs; j += 1) if (usage.way[j]! < 0) complaints[j]! += 1
    usage = emptyPlan(problem)
    const loud = [...complaints.keys()].filter((j) => complaints[j]! > 0)
    loud.sort((a, b) => complaints[b]! - complaints[a]! || a - b)
    for (const j of loud) insert(usage, guide, j)
    insertAll(usage, guide)
    if (yuanOf(usage) < yuanOf(best)) best = usage
  }
  return best
}
