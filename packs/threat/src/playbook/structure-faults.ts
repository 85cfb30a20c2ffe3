import { entryOf, type Playbook, type WorkflowStep } from './playbook.ts'
import { fault, type PlaybookFault } from './playbook-fault.ts'
import { type Edge, workflowEdges } from './workflow-edges.ts'
import { endlessLoops, walkWorkflow } from './workflow-graph.ts'

/** What is wrong with the shape of the workflow: CACAO 2.0 §3.1 and §4. */
export function structureFaults(playbook: Playbook): readonly PlaybookFault[] {
  const edges = workflowEdges(playbook)
  const steps = Object.entries(playbook.workflow)
  return [
    ...startFaults(playbook),
    ...steps.flatMap(([id, step]) => stepFaults(id, step)),
    ...edges.flatMap((edge) => edgeFaults(edge, playbook)),
    ...walkFaults(playbook),
  ]
}

function startFaults({ workflow, workflow_start, workflow_exception }: Playbook): readonly PlaybookFault[] {
  const types = new Set(Object.values(workflow).map(({ type }) => type))
  const faults: PlaybookFault[] = []
  if (entryOf(workflow, workflow_start)?.type !== 'start') {
    faults.push(fault(['workflow_start'], 'names no start step of the workflow', '没有指向工作流中的 start 步骤'))
  }
  if (workflow_exception !== undefined && entryOf(workflow, workflow_exception) === undefined) {
    faults.push(fault(['workflow_exception'], 'names no step of the workflow', '没有指向工作流中的步骤'))
  }
  if (!types.has('end')) faults.push(fault(['workflow'], 'has no end step', '缺少 end 步骤'))
  if (!types.has('action') && !types.has('playbook-action')) {
    faults.push(fault(['workflow'], 'has no action or playbook-action step', '缺少 action 或 playbook-action 步骤'))
  }
  return faults
}

function stepFaults(id: string, step: WorkflowStep): readonly PlaybookFault[] {
  const faults: PlaybookFault[] = []
  const at = (field: string, en: string, zh: string) => faults.push(fault(['workflow', id, field], en, zh))
  const { on_completion, on_success, on_failure } = step
  if (!id.startsWith(`${step.type}--`)) at('type', `is not the type in the id of the step`, '与步骤标识中的类型不一致')
  if (on_completion !== undefined && (on_success ?? on_failure) !== undefined) {
    at('on_completion', 'excludes on_success and on_failure', '不能与 on_success、on_failure 同时出现')
  }
  const leads = on_completion ?? on_success
  if (step.type === 'end' && (leads ?? on_failure) !== undefined)
    at('type', 'an end step leads nowhere', 'end 步骤不应再有后继')
  if (step.type === 'start' && (on_success ?? on_failure) !== undefined) {
    at('type', 'a start step has on_completion only', 'start 步骤只能使用 on_completion')
  }
  if (['start', 'action', 'playbook-action'].includes(step.type) && leads === undefined) {
    at('on_completion', 'is missing: every branch ends at an end step', '缺失：每个分支都应以 end 步骤结束')
  }
  return faults
}

function edgeFaults({ from, to, field }: Edge, { workflow }: Playbook): readonly PlaybookFault[] {
  const target = entryOf(workflow, to)
  if (target === undefined) return [fault(['workflow', from, ...field], `names no step: ${to}`, `步骤不存在：${to}`)]
  if (target.type !== 'start') return []
  return [fault(['workflow', from, ...field], 'leads back to the start', '不能回到 start 步骤')]
}

/** Unreachable steps, and loops that do not begin and end at a while-condition and go through its branch. */
function walkFaults(playbook: Playbook): readonly PlaybookFault[] {
  const { reached, back } = walkWorkflow(playbook)
  const found = new Set(reached)
  const lost = Object.keys(playbook.workflow).filter((id) => !found.has(id))
  const wild = back.filter(({ to }) => entryOf(playbook.workflow, to)?.type !== 'while-condition')
  const loops = wild.length > 0 ? wild : endlessLoops(playbook)
  return [
    ...lost.map((id) => fault(['workflow', id], 'is never reached from the start', '从 start 步骤无法到达')),
    ...loops.map(({ from, field }) =>
      fault(
        ['workflow', from, ...field],
        'closes a loop; only the branch of a while-condition may repeat',
        '形成循环；只有 while-condition 的分支可以重复',
      ),
    ),
  ]
}
