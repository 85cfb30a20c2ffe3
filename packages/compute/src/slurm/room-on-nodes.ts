import type { GangChange } from '../executor/executor.ts'
import { type JobFacts, readComment } from './job-comment.ts'
import { shapeOf } from './job-request.ts'
import { hasEnded } from './read-lines.ts'
import type { SlurmJob } from './slurm-client.ts'
import { nodesOf, type SlurmDescription } from './slurm-description.ts'

interface Grown {
  readonly job: SlurmJob
  readonly facts: JobFacts
  readonly change: GangChange
}

/** Whether nodes of its kind have the chips free that a job would hold; those that it has now count as free. */
export function hasRoom(
  jobs: readonly SlurmJob[],
  { job, facts, change }: Grown,
  description: SlurmDescription,
): boolean {
  const { nodes, chipsPerNode } = shapeOf(change.chips, description.chipsPerNode)
  const taken = chipsByNode(jobs.filter(({ id, state }) => id !== job.id && !hasEnded(state)))
  const free = nodesOf(description)
    .filter(({ site, chip }) => site === facts.site && chip === facts.chip)
    .filter(({ name }) => (taken.get(name) ?? 0) + chipsPerNode <= description.chipsPerNode)
  return free.length >= nodes
}

/** A node with a job of others counts as full. */
function chipsByNode(jobs: readonly SlurmJob[]): ReadonlyMap<string, number> {
  const taken = new Map<string, number>()
  for (const { nodes, comment } of jobs) {
    const chips = readComment(comment)?.chips ?? Number.POSITIVE_INFINITY
    for (const node of nodes) taken.set(node, (taken.get(node) ?? 0) + chips / nodes.length)
  }
  return taken
}
