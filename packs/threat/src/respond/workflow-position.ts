import { parseCondition } from '../playbook/condition.ts'
import { holds, type Values } from '../playbook/evaluate-condition.ts'
import { entryOf, type Identifier, type Playbook, type WorkflowStep } from '../playbook/playbook.ts'
import { variablesAt, variablesIn } from '../playbook/variable.ts'

/** A branching step whose branches are being walked. */
interface Frame {
  readonly step: Identifier
  /** First steps of the parallel branches that have not begun. */
  readonly pending: readonly Identifier[]
}

/** Where a run stands within one playbook. */
export interface Position {
  /** The step that is next; undefined: the branch has ended. */
  readonly at: Identifier | undefined
  readonly frames: readonly Frame[]
  /** True once the exception handler has taken over. */
  readonly handling: boolean
  /** Steps passed so far, those of called playbooks among them; a run passes 10,000 at most. */
  readonly passed: number
}

/** What comes next: an action to carry out, a playbook to call, or the end. */
export type Stop =
  | { readonly kind: 'act' | 'call'; readonly step: Identifier }
  | { readonly kind: 'finished'; readonly ok: boolean; readonly reason?: 'handled' | 'unhandled' | 'limit' }

export interface Settled {
  readonly position: Position
  readonly stop: Stop
}

const MAX_PASSED = 10_000

export function positionAtStart(playbook: Playbook): Position {
  return { at: playbook.workflow_start, frames: [], handling: false, passed: 0 }
}

/** Walks through control steps until something must be done; branches of a parallel step are taken in turn (CACAO 2.0 §4.8 allows it). */
export function settle(playbook: Playbook, from: Position, values: Values): Settled {
  let position = from
  for (;;) {
    if (position.passed >= MAX_PASSED) return { position, stop: { kind: 'finished', ok: false, reason: 'limit' } }
    if (position.at === undefined && position.frames.length === 0) {
      const ok = !position.handling
      return { position, stop: { kind: 'finished', ok, ...(ok ? {} : { reason: 'handled' }) } }
    }
    if (position.at === undefined) position = comeBack(playbook, position, values)
    else {
      const step = playbook.workflow[position.at] as WorkflowStep
      if (step.type === 'action') return { position, stop: { kind: 'act', step: position.at } }
      if (step.type === 'playbook-action') return { position, stop: { kind: 'call', step: position.at } }
      position = pass(position, position.at, step, { playbook, values })
    }
  }
}

/** Leaves the step that was carried out. A failure without `on_failure` goes to the exception handler, and ends the run where there is none. */
export function leave(playbook: Playbook, position: Position, ok: boolean): Position | undefined {
  const step = playbook.workflow[position.at as Identifier] as WorkflowStep
  if (ok) return goTo(position, step.on_success ?? step.on_completion)
  if (step.on_failure !== undefined) return goTo(position, step.on_failure)
  if (position.handling || playbook.workflow_exception === undefined) return undefined
  return { at: playbook.workflow_exception, frames: [], handling: true, passed: position.passed + 1 }
}

interface Surroundings {
  readonly playbook: Playbook
  readonly values: Values
}

function pass(position: Position, id: Identifier, step: WorkflowStep, around: Surroundings): Position {
  switch (step.type) {
    case 'end':
      return goTo(position, undefined)
    case 'parallel':
      return enter(position, id, step.next_steps)
    case 'if-condition': {
      const branch = isTrue(step.condition, step, around) ? step.on_true : step.on_false
      return branch === undefined ? goTo(position, after(step)) : enter(position, id, [branch])
    }
    case 'switch-condition': {
      const branch = chosenCase(step, around)
      return branch === undefined ? goTo(position, after(step)) : enter(position, id, [branch])
    }
    case 'while-condition':
      return isTrue(step.condition, step, around) ? enter(position, id, [step.on_true]) : goTo(position, after(step))
    default:
      return goTo(position, after(step))
  }
}

const after = (step: WorkflowStep): Identifier | undefined => step.on_success ?? step.on_completion

function enter(position: Position, step: Identifier, branches: readonly Identifier[]): Position {
  const [at, ...pending] = branches
  return { ...position, at, frames: [...position.frames, { step, pending }], passed: position.passed + 1 }
}

/** A reference to a step whose branch is being walked closes its loop. */
function goTo(position: Position, to: Identifier | undefined): Position {
  const loop = to === undefined ? -1 : position.frames.findLastIndex(({ step }) => step === to)
  const passed = position.passed + 1
  return loop < 0
    ? { ...position, at: to, passed }
    : { ...position, at: undefined, frames: position.frames.slice(0, loop + 1), passed }
}

/** A branch has ended: the next one, the next turn of the loop, or what follows the branching step. */
function comeBack(playbook: Playbook, position: Position, values: Values): Position {
  const frame = position.frames.at(-1) as Frame
  const frames = position.frames.slice(0, -1)
  const [at, ...pending] = frame.pending
  if (at !== undefined)
    return { ...position, at, frames: [...frames, { ...frame, pending }], passed: position.passed + 1 }
  const step = playbook.workflow[frame.step] as WorkflowStep
  const outside = { ...position, frames }
  if (step.type !== 'while-condition') return goTo(outside, after(step))
  return pass(outside, frame.step, step, { playbook, values })
}

function isTrue(condition: string, step: WorkflowStep, { playbook, values }: Surroundings): boolean {
  return holds(parseCondition(condition), valuesAt(playbook, step, values))
}

function chosenCase(step: WorkflowStep & { type: 'switch-condition' }, { playbook, values }: Surroundings) {
  const [name = ''] = variablesIn(step.switch)
  const value = valuesAt(playbook, step, values).get(name) ?? ''
  return entryOf(step.cases, value) ?? entryOf(step.cases, 'default')
}

/** What a step sees: the values of the run, covered by the values that the step declares for itself. */
export function valuesAt(playbook: Playbook, step: WorkflowStep, values: Values): Values {
  const own = Object.keys(step.step_variables ?? {})
  if (own.length === 0) return values
  const declared = variablesAt(playbook, step)
  return new Map([...values, ...own.map((name) => [name, declared.get(name)?.value ?? null] as const)])
}
