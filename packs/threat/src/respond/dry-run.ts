import { AppError, fillText, type Text } from '@dengta/kernel'
import { parseCondition } from '../playbook/condition.ts'
import { holdsIfKnown } from '../playbook/evaluate-condition.ts'
import type { Dictionary, Identifier, Playbook, WorkflowStep } from '../playbook/playbook.ts'
import { stepName } from '../playbook/playbook-names.ts'
import { startValues } from '../playbook/variable.ts'
import { walkWorkflow } from '../playbook/workflow-graph.ts'
import type { Adapter, Prepared } from './adapter.ts'
import type { ApprovalLevel } from './approval.ts'
import { planStep, planUndo } from './plan-work.ts'
import { stepPolicy } from './step-policy.ts'
import { valuesAt } from './workflow-position.ts'

/** What one step would send; nothing is sent to find out. */
export interface DryStep {
  readonly step: Identifier
  readonly name: Text
  readonly approval: ApprovalLevel
  readonly approverDiffers: boolean
  readonly sends: readonly Prepared[]
  /** What the approval would be of. */
  readonly digest: string | undefined
  readonly checks: readonly Prepared[]
  readonly expects: string | undefined
  /** `none`: cannot be undone. `later`: its values come from the answer of the step itself. */
  readonly undo: readonly Prepared[] | 'none' | 'later'
  /** Why it cannot be said yet what would be sent, or why it could not be undone. */
  readonly open: Text | undefined
}

export interface DryBranch {
  readonly step: Identifier
  readonly condition: string
  /** Undefined: depends on answers that only a real run gets. */
  readonly holds: boolean | undefined
}

export interface DryRun {
  readonly steps: readonly DryStep[]
  readonly branches: readonly DryBranch[]
  /** Called playbooks: dry-run each on its own. */
  readonly calls: readonly Identifier[]
}

export interface DryRunOptions {
  readonly adapters: readonly Adapter[]
  /** Stays in the simulator. */
  readonly rehearsal?: boolean
}

/** Everything that a playbook might send with these inputs, in the order of its workflow, branches that may not be taken included. */
export function dryRun(playbook: Playbook, inputs: Dictionary<string>, options: DryRunOptions): DryRun {
  const values = startValues(playbook, inputs)
  const { adapters, rehearsal = false } = options
  const pinned = rehearsal ? { pinned: [] } : {}
  const steps: DryStep[] = []
  const branches: DryBranch[] = []
  const calls: Identifier[] = []
  for (const id of walkWorkflow(playbook).reached) {
    const step = playbook.workflow[id] as WorkflowStep
    const seen = valuesAt(playbook, step, values)
    if (step.type === 'action') steps.push(dryStep(id, step, { playbook, adapters, values: seen, ...pinned }))
    if (step.type === 'playbook-action') calls.push(step.playbook_id)
    if (step.type === 'if-condition' || step.type === 'while-condition') {
      branches.push({ step: id, condition: step.condition, holds: holdsIfKnown(parseCondition(step.condition), seen) })
    }
  }
  return { steps, branches, calls }
}

function dryStep(
  id: Identifier,
  step: WorkflowStep & { type: 'action' },
  planning: Parameters<typeof planStep>[3],
): DryStep {
  const policy = stepPolicy(id, step)
  const work = orFailure(() => planStep(id, step, policy, planning))
  const undo = orFailure(() => planUndo(id, step, policy, planning))
  return {
    ...{ step: id, name: stepName(step), approval: policy.approval, approverDiffers: policy.approver_differs },
    ...{ sends: work.value?.commands ?? [], digest: work.value?.digest, checks: work.value?.check?.requests ?? [] },
    expects: policy.verification?.expect,
    undo: undo.failure?.code === NO_VALUE ? 'later' : (undo.value?.commands ?? 'none'),
    open: work.failure?.text ?? withoutUndo(undo.failure),
  }
}

const NO_VALUE = 'threat_playbook.no_value'
const NO_UNDO: Text = { en: 'it could not be undone: {why}', zh: '将无法撤销：{why}' }

/** An undoing that only lacks values of the step's own answer will be found later; any other is missing for good. */
function withoutUndo(failure: AppError | undefined): Text | undefined {
  return failure === undefined || failure.code === NO_VALUE ? undefined : fillText(NO_UNDO, { why: failure.text })
}

function orFailure<T>(plan: () => T): { readonly value?: T; readonly failure?: AppError } {
  try {
    return { value: plan() }
  } catch (cause) {
    if (cause instanceof AppError) return { failure: cause }
    throw cause
  }
}
