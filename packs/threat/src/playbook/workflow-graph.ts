import { entryOf, type Identifier, type Playbook } from './playbook.ts'
import { type Edge, edgesOf } from './workflow-edges.ts'

export interface WorkflowWalk {
  /** Steps in the order of their first visit from the start, the exception handler last. */
  readonly reached: readonly Identifier[]
  /** Edges that lead back to a step that is still open: loops. */
  readonly back: readonly Edge[]
}

interface Visit {
  readonly id: Identifier
  readonly edges: readonly Edge[]
  next: number
}

/** Walks the workflow depth first without recursion: a chain of 100,000 steps is walked like a short one. */
export function walkWorkflow(playbook: Playbook): WorkflowWalk {
  return walkAll(playbook, [playbook.workflow_start, playbook.workflow_exception], () => true)
}

/** Edges that close a loop which goes through no branch of a while-condition: nothing would end it. */
export function endlessLoops(playbook: Playbook): readonly Edge[] {
  const { workflow } = playbook
  const isLeft = ({ from, kind }: Edge) => !(kind === 'true' && entryOf(workflow, from)?.type === 'while-condition')
  return walkAll(playbook, Object.keys(workflow), isLeft).back
}

function walkAll(
  playbook: Playbook,
  roots: readonly (Identifier | undefined)[],
  isFollowed: (edge: Edge) => boolean,
): WorkflowWalk {
  const marks: Marks = { open: new Set(), reached: new Set(), back: [], isFollowed }
  for (const root of roots) {
    if (root !== undefined && !marks.reached.has(root)) walkFrom(root, playbook, marks)
  }
  return { reached: [...marks.reached], back: marks.back }
}

interface Marks {
  readonly open: Set<Identifier>
  readonly reached: Set<Identifier>
  readonly back: Edge[]
  readonly isFollowed: (edge: Edge) => boolean
}

function walkFrom(root: Identifier, playbook: Playbook, marks: Marks): void {
  const trail: Visit[] = []
  const enter = (id: Identifier): void => {
    const step = entryOf(playbook.workflow, id)
    if (step === undefined) return
    marks.reached.add(id)
    marks.open.add(id)
    trail.push({ id, edges: edgesOf(id, step).filter(marks.isFollowed), next: 0 })
  }
  enter(root)
  for (let visit = trail.at(-1); visit !== undefined; visit = trail.at(-1)) {
    const edge = visit.edges[visit.next]
    visit.next += 1
    if (edge === undefined) {
      marks.open.delete(visit.id)
      trail.pop()
    } else if (marks.open.has(edge.to)) marks.back.push(edge)
    else if (!marks.reached.has(edge.to)) enter(edge.to)
  }
}
