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
  const open = new Set<Identifier>()
  const reached = new Set<Identifier>()
  const back: Edge[] = []
  for (const root of [playbook.workflow_start, playbook.workflow_exception]) {
    if (root !== undefined && !reached.has(root)) walkFrom(root, playbook, { open, reached, back })
  }
  return { reached: [...reached], back }
}

interface Marks {
  readonly open: Set<Identifier>
  readonly reached: Set<Identifier>
  readonly back: Edge[]
}

function walkFrom(root: Identifier, playbook: Playbook, marks: Marks): void {
  const trail: Visit[] = []
  const enter = (id: Identifier): void => {
    const step = entryOf(playbook.workflow, id)
    if (step === undefined) return
    marks.reached.add(id)
    marks.open.add(id)
    trail.push({ id, edges: edgesOf(id, step), next: 0 })
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
