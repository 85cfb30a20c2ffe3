import { termsOf } from '../model/cost.ts'
import type { Placement } from '../model/snapshot.ts'
import type { Terms } from '../model/terms.ts'
import { placementOf } from '../model/way.ts'
import type { Usage } from './usage.ts'

/** The plan in the words of the snapshot. */
export function nameTerms({ problem, way, start }: Usage): {
  placements: Placement[]
  unserved: string[]
  terms: Terms
} {
  const { snapshot } = problem
  const placements: Placement[] = []
  const unserved: string[] = []
  for (const [j, job] of snapshot.jobs.entries()) {
    const own = problem.ways[way[j]!]
    if (!own) unserved.push(job.name)
    else placements.push(placementOf(job.name, own, start[j]!))
  }
  return { placements, unserved, terms: termsOf(snapshot, placements) }
}
