import { AppError, fillText, type Text } from '@dengta/kernel'
import type { Values } from '../playbook/evaluate-condition.ts'
import {
  type ActionStep,
  entryOf,
  type Identifier,
  momentOf,
  type Playbook,
  type PlaybookStep,
} from '../playbook/playbook.ts'
import { playbookName } from '../playbook/playbook-names.ts'
import { fitsType, startValues, variablesAt } from '../playbook/variable.ts'
import { APPROVAL_NAMES, isApproved } from './approval.ts'
import { performWork } from './perform-work.ts'
import { planStep, planUndo } from './plan-work.ts'
import { pin, pinned } from './playbook-library.ts'
import { type ResponseParts, record, without } from './response-parts.ts'
import type { DoneStep, Level, PinnedPlaybook, Run, Work } from './run.ts'
import { ofStep } from './same-words.ts'
import { stepPolicy } from './step-policy.ts'
import { leave, positionAtStart, type Settled, settle, valuesAt } from './workflow-position.ts'

const MAX_LEVELS = 8
const TOO_DEEP: Text = {
  en: `more than ${MAX_LEVELS} playbooks call each other`,
  zh: `剧本相互调用超过 ${MAX_LEVELS} 层`,
}
const TOO_LONG: Text = { en: 'more than 10,000 steps were passed', zh: '经过的步骤超过 10,000 个' }
const HANDLER_ENDED: Text = { en: 'the exception handler has ended', zh: '异常处理流程已结束' }
const WRONG_ANSWER: Text = { en: 'the answer for {name} is no {type}', zh: '{name} 的返回值不是 {type}' }

/** Carries a running run on until it ends or waits for a person. Every change is saved before the next one is made. */
export async function driveRun(parts: ResponseParts, start: Run): Promise<Run> {
  let run = start
  while (run.status === 'running') {
    const level = run.levels.at(-1) as Level
    const found = await pinned(parts.library, level.playbook).catch(asReason)
    if (found instanceof AppError) run = await end(parts, withLost(run), { status: 'failed', failure: found.text })
    else run = run.work ? await carryOut(parts, run, found) : await moveOn(parts, run, found)
  }
  return run
}

/** What ends a run is a fault of its playbook or its values; that the store is away, or that somebody else went on with it, is none. */
function asReason(cause: unknown): AppError {
  if (cause instanceof AppError && cause.code.startsWith('threat') && cause.code !== 'threat_respond.stale')
    return cause
  throw cause
}

/** Without its playbook nobody can say how the step is undone that was under way. */
function withLost(run: Run): Run {
  const { work } = run
  if (work === undefined || (work.next === 0 && !work.inFlight)) return run
  const lost: DoneStep = { step: work.step, undoLevel: 'lead', undone: false, lost: true }
  return { ...run, done: [...run.done, lost] }
}

const valuesOf = ({ values }: Level): Values => new Map(Object.entries(values))

function withLevel(run: Run, change: Partial<Level>): Run {
  return { ...run, levels: [...run.levels.slice(0, -1), { ...(run.levels.at(-1) as Level), ...change }] }
}

/** From one action to the next. What a condition or a plan lacks ends the run with that reason. */
async function moveOn(parts: ResponseParts, run: Run, playbook: Playbook): Promise<Run> {
  const level = run.levels.at(-1) as Level
  try {
    const settled = settle(playbook, level.position, valuesOf(level))
    const moved = withLevel(run, { position: settled.position })
    if (settled.stop.kind === 'finished') return await finishLevel(parts, moved, settled)
    if (settled.stop.kind === 'call') return await call(parts, moved, playbook, settled.stop.step)
    return await begin(parts, moved, playbook, settled.stop.step)
  } catch (cause) {
    return end(parts, run, { status: 'failed', failure: asReason(cause).text })
  }
}

/** Plans the action; asks for consent where the policy wants it, of exactly this plan. */
async function begin(parts: ResponseParts, run: Run, playbook: Playbook, id: Identifier): Promise<Run> {
  const step = playbook.workflow[id] as ActionStep
  const policy = stepPolicy(id, step)
  if (step.delay !== undefined && step.delay > 0) await parts.pause(step.delay)
  const values = valuesAt(playbook, step, valuesOf(run.levels.at(-1) as Level))
  const pinned = run.rehearsal ? { pinned: [] } : {}
  const work = planStep(id, step, policy, { playbook, adapters: parts.adapters, values, ...pinned })
  const demand = { level: policy.approval, approverDiffers: policy.approver_differs }
  const planned: Run = { ...run, work, demand, approvals: [], places: placesOf(run, work) }
  if (isApproved(demand.level, [])) return planned
  const line = { kind: 'approval-asked', step: id, request: work.digest, detail: APPROVAL_NAMES[demand.level] } as const
  return record(parts, { ...planned, status: 'waiting', asks: 'approval' }, line)
}

/** Every place that the run has prepared commands for; people are none. */
function placesOf({ places = [] }: Run, { commands }: Work): readonly string[] {
  return [...new Set([...places, ...commands.filter(({ type }) => type !== 'manual').map(({ place }) => place)])]
}

async function carryOut(parts: ResponseParts, run: Run, playbook: Playbook): Promise<Run> {
  const { step: id } = run.work as Work
  const step = playbook.workflow[id] as ActionStep
  const values = valuesAt(playbook, step, valuesOf(run.levels.at(-1) as Level))
  const performed = await performWork(parts, run, values)
  const { result, detail } = performed
  if (result === 'manual' || result === 'uncertain') {
    const line = {
      kind: result === 'manual' ? 'manual-asked' : 'uncertain',
      step: id,
      phase: 'do',
      detail,
    } as const
    return record(parts, { ...performed.run, status: 'waiting', asks: result }, line)
  }
  return endStep(parts, performed.run, playbook, { ok: result === 'succeeded', detail })
}

interface StepEnd {
  readonly ok: boolean
  readonly detail: Text
}

/** Takes over the outputs, stores the undoing with the step, and leaves it. */
export async function endStep(parts: ResponseParts, run: Run, playbook: Playbook, end_: StepEnd): Promise<Run> {
  const work = run.work as Work
  const step = playbook.workflow[work.step] as ActionStep
  const level = run.levels.at(-1) as Level
  const taken = takeOver({ playbook, step, values: level.values }, (name) => entryOf(work.outputs, name.slice(2, -2)))
  const ok = end_.ok && taken.problem === undefined
  const values = new Map(Object.entries(taken.values))
  const done = work.next > 0 ? [doneStep(parts, playbook, work, values)] : []
  const position = leave(playbook, level.position, ok)
  const left = withLevel(
    { ...without(run, 'work', 'demand'), approvals: [], done: [...run.done, ...done] },
    {
      values: taken.values,
      ...(position ? { position } : {}),
    },
  )
  const detail = taken.problem ?? end_.detail
  const line = { kind: ok ? 'step-succeeded' : 'step-failed', step: work.step, detail } as const
  if (position) return record(parts, left, line)
  return leaveLevel(parts, left, { ok: false, detail: ofStep(work.step, detail) }, [line])
}

interface TakingOver {
  readonly playbook: Playbook
  readonly step: ActionStep | PlaybookStep
  readonly values: Level['values']
}

/** The outputs that came, in their variables; a problem where one is not of its type. */
function takeOver({ playbook, step, values }: TakingOver, came: (name: string) => string | null | undefined) {
  const declared = variablesAt(playbook, step)
  const changed: Record<string, string | null> = { ...values }
  for (const name of step.out_args ?? []) {
    const value = came(name)
    if (value === undefined) continue
    const type = declared.get(name)?.type ?? 'string'
    if (value !== null && !fitsType(value, type)) return { values, problem: fillText(WRONG_ANSWER, { name, type }) }
    changed[name] = value
  }
  return { values: changed, problem: undefined }
}

/** The undoing of a step, with the values that it left behind, also in variables of its own. Where these are missing it is lost, and people must see to it. */
function doneStep(parts: ResponseParts, playbook: Playbook, work: Work, values: Values): DoneStep {
  const { step: id, commands: pinned } = work
  const step = playbook.workflow[id] as ActionStep
  const policy = stepPolicy(id, step)
  const came = (step.out_args ?? []).filter((name) => entryOf(work.outputs, name.slice(2, -2)) !== undefined)
  const seen = new Map([
    ...valuesAt(playbook, step, values),
    ...came.map((name) => [name, values.get(name) ?? null] as const),
  ])
  const planning = { playbook, adapters: parts.adapters, values: seen, pinned }
  const done = { step: id, undoLevel: policy.undo?.approval ?? 'none', undone: false, lost: false } as const
  try {
    const undo = planUndo(id, step, policy, planning)
    return undo === undefined ? done : { ...done, undo }
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    return { ...done, lost: true }
  }
}

async function call(parts: ResponseParts, run: Run, caller: Playbook, id: Identifier): Promise<Run> {
  const step = caller.workflow[id] as PlaybookStep
  if (run.levels.length >= MAX_LEVELS) return end(parts, run, { status: 'failed', failure: TOO_DEEP })
  const playbook = await pinned(parts.library, calledBy(step, run))
  const given = valuesAt(caller, step, valuesOf(run.levels.at(-1) as Level))
  const inputs = (step.in_args ?? []).flatMap((name) =>
    typeof given.get(name) === 'string' ? [[name, given.get(name) as string]] : [],
  )
  const values = Object.fromEntries(startValues(playbook, Object.fromEntries(inputs)))
  const { passed } = (run.levels.at(-1) as Level).position
  const level: Level = { playbook: pin(playbook), position: { ...positionAtStart(playbook), passed }, values }
  return record(
    parts,
    { ...run, levels: [...run.levels, level] },
    { kind: 'started', step: id, detail: playbookName(playbook) },
  )
}

/** As pinned at the start; where the step names no version, the newest. */
function calledBy({ playbook_id, playbook_version }: PlaybookStep, { playbooks }: Run): PinnedPlaybook {
  const fitting = playbooks.filter(
    ({ id, modified }) => id === playbook_id && (playbook_version ?? modified) === modified,
  )
  return fitting.toSorted((one, other) => momentOf(one.modified) - momentOf(other.modified)).at(-1) as PinnedPlaybook
}

function finishLevel(parts: ResponseParts, run: Run, { stop }: Settled): Promise<Run> {
  const finished = stop as Extract<Settled['stop'], { kind: 'finished' }>
  const detail = finished.reason === 'limit' ? TOO_LONG : HANDLER_ENDED
  return leaveLevel(parts, run, { ok: finished.ok, detail }, [])
}

type Lines = Parameters<typeof record>[2][]

/** The last level ends the run; a called playbook hands its outputs to its caller, which leaves its step. */
async function leaveLevel(parts: ResponseParts, run: Run, outcome: StepEnd, lines: Lines): Promise<Run> {
  if (run.levels.length === 1) {
    const failure = outcome.ok ? {} : { failure: outcome.detail }
    return end(parts, run, { status: outcome.ok ? 'succeeded' : 'failed', ...failure, lines })
  }
  const inner = run.levels.at(-1) as Level
  const outer: Run = { ...run, levels: run.levels.slice(0, -1) }
  const called = outer.levels.at(-1) as Level
  const level: Level = { ...called, position: { ...called.position, passed: inner.position.passed } }
  const playbook = await pinned(parts.library, level.playbook)
  const step = playbook.workflow[level.position.at as Identifier] as PlaybookStep
  const taken = takeOver({ playbook, step, values: level.values }, (name) => entryOf(inner.values, name))
  const ok = outcome.ok && taken.problem === undefined
  const detail = taken.problem ?? outcome.detail
  const position = leave(playbook, level.position, ok)
  const left = withLevel(outer, { values: taken.values, ...(position ? { position } : {}) })
  const line = {
    kind: ok ? 'step-succeeded' : 'step-failed',
    step: level.position.at as Identifier,
    detail,
  } as const
  return position
    ? record(parts, left, ...lines, line)
    : leaveLevel(parts, left, { ok: false, detail }, [...lines, line])
}

interface RunEnd {
  readonly status: 'succeeded' | 'failed'
  readonly failure?: Text
  readonly lines?: Lines
}

async function end(parts: ResponseParts, run: Run, { status, failure, lines = [] }: RunEnd): Promise<Run> {
  const endedAt = parts.clock.now().toISOString()
  const rest = { approvals: [], status, endedAt, ...(failure === undefined ? {} : { failure }) }
  const ended: Run = { ...without(run, 'work', 'demand', 'busy'), ...rest }
  const why = failure === undefined ? {} : { detail: failure }
  return record(parts, ended, ...lines, { kind: 'ended', outcome: status, ...why })
}
