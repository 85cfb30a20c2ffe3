import type { Identifier, Playbook, WorkflowStep } from './playbook.ts'

/** Why one step leads to another. `case:` is followed by the value of the switch. */
export type EdgeKind =
  | 'completion'
  | 'success'
  | 'failure'
  | 'true'
  | 'false'
  | 'parallel'
  | 'exception'
  | `case:${string}`

export interface Edge {
  readonly from: Identifier
  readonly to: Identifier
  readonly kind: EdgeKind
  /** Where the reference stands in the document, below the step. */
  readonly field: readonly (string | number)[]
}

/** The edges that leave a step, in the order in which they are tried. */
export function edgesOf(from: Identifier, step: WorkflowStep): readonly Edge[] {
  const edge = (kind: EdgeKind, to: string | undefined, ...field: (string | number)[]): Edge[] =>
    to === undefined ? [] : [{ from, to, kind, field }]
  return [
    ...branchesOf(step).flatMap(({ kind, to, field }) => edge(kind, to, ...field)),
    ...edge('completion', step.on_completion, 'on_completion'),
    ...edge('success', step.on_success, 'on_success'),
    ...edge('failure', step.on_failure, 'on_failure'),
  ]
}

type Branch = Omit<Edge, 'from'>

function branchesOf(step: WorkflowStep): readonly Branch[] {
  switch (step.type) {
    case 'parallel':
      return step.next_steps.map((to, i) => ({ to, kind: 'parallel', field: ['next_steps', i] }))
    case 'switch-condition':
      return Object.entries(step.cases).map(([value, to]) => ({ to, kind: `case:${value}`, field: ['cases', value] }))
    case 'while-condition':
      return [{ to: step.on_true, kind: 'true', field: ['on_true'] }]
    case 'if-condition':
      return [
        { to: step.on_true, kind: 'true', field: ['on_true'] },
        ...(step.on_false === undefined ? [] : [{ to: step.on_false, kind: 'false', field: ['on_false'] } as const]),
      ]
    default:
      return []
  }
}

export function workflowEdges(playbook: Playbook): readonly Edge[] {
  return Object.entries(playbook.workflow).flatMap(([id, step]) => edgesOf(id, step))
}
