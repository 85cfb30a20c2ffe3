import type { GangChange } from '../executor/executor.ts'
import { gangsOf, type JobFacts, readComment, writeComment } from './job-comment.ts'
import { shapeOf } from './job-request.ts'
import { hasEnded } from './read-lines.ts'
import { hasRoom } from './room-on-nodes.ts'
import type { SlurmClient, SlurmJob } from './slurm-client.ts'
import type { SlurmDescription } from './slurm-description.ts'
import type { ShapeChange, SlurmOperator } from './slurm-operator.ts'

interface ResizeParts {
  readonly client: SlurmClient
  readonly operator: SlurmOperator
  readonly description: SlurmDescription
  readonly now: number
}

/** A job, what is known of it, and the gang that it shall have. */
interface Asked {
  readonly job: SlurmJob
  readonly facts: JobFacts
  readonly change: GangChange
}

/**
 * Takes whole nodes from jobs while they run; where that cannot be, and to grow, a job is requeued from its checkpoint with other
 * chips. The names of those come back that would need chips which are taken. A crash between two of these calls leaves a held
 * job, which the controller resizes and releases.
 */
export async function resizeJobs(parts: ResizeParts, changes: readonly GangChange[]): Promise<readonly string[]> {
  const { client, operator, description } = parts
  const jobs = await client.jobs()
  const asked = changes.flatMap((change) => askedOf(jobs, change))
  const growing = asked.filter(grows)
  const beside = growing.length > 0 ? await client.jobs('all') : []
  const refused = growing.filter((each) => !hasRoom(beside, each, description))
  const rest = asked.filter((each) => !refused.includes(each))
  const inPlace = rest.filter((each) => givesNodesBack(each, description))
  await operator.reshape(inPlace.map((each) => shapeChange(each, parts, 'running')))
  const kept = await notReshaped(client, inPlace, description)
  await requeueOnto(parts, [...kept, ...rest.filter((each) => !inPlace.includes(each))])
  return refused.map(({ change }) => change.job)
}

function askedOf(jobs: readonly SlurmJob[], change: GangChange): Asked[] {
  const job = jobs.findLast(({ name, comment }) => name === change.job && readComment(comment))
  const facts = job && readComment(job.comment)
  return job && facts && !hasEnded(job.state) && facts.chips !== change.chips ? [{ job, facts, change }] : []
}

const isOnNodes = ({ job }: Asked): boolean => job.state !== 'PENDING'

const grows = (asked: Asked): boolean => isOnNodes(asked) && asked.change.chips > asked.facts.chips

/** Whole nodes before and after, and fewer of them. */
function givesNodesBack({ job, change }: Asked, { chipsPerNode }: SlurmDescription): boolean {
  const whole = change.chips % chipsPerNode === 0
  return job.state === 'RUNNING' && whole && change.chips / chipsPerNode < job.nodes.length
}

/** The jobs that Slurm has taken no nodes from. */
async function notReshaped(
  client: SlurmClient,
  asked: readonly Asked[],
  { chipsPerNode }: SlurmDescription,
): Promise<Asked[]> {
  if (asked.length === 0) return []
  const now = new Map((await client.jobs()).map((job) => [job.id, job]))
  return asked.filter(({ job, change }) => {
    const found = now.get(job.id)
    return found?.state === 'RUNNING' && found.nodes.length > shapeOf(change.chips, chipsPerNode).nodes
  })
}

/** What waits is changed as it waits, held or not; what runs is taken off its nodes, changed, and let go. */
async function requeueOnto(parts: ResizeParts, asked: readonly Asked[]): Promise<void> {
  const { operator, client } = parts
  const running = asked.filter(isOnNodes).map(({ job }) => job.id)
  if (running.length > 0) await operator.requeueAndHold(running)
  await operator.reshape(asked.map((each) => shapeChange(each, parts, 'pending')))
  await Promise.all(running.map((id) => client.release(id)))
}

function shapeChange(
  { job, facts, change }: Asked,
  { description, now }: ResizeParts,
  as: 'running' | 'pending',
): ShapeChange {
  const { chips, kw, minutes } = change
  const { nodes, chipsPerNode: perNode } = shapeOf(chips, description.chipsPerNode)
  const comment = writeComment({ ...facts, chips, kw, gangs: [...gangsOf(facts), { chips, from: now }] })
  const held = as === 'pending' ? { type: facts.chip, perNode } : undefined
  return { id: job.id, site: facts.site, kw, comment, nodes, minutes, chips: held }
}
