import { fillText, type Text } from '@dengta/kernel'
import type { Person } from './approval.ts'
import { performWork } from './perform-work.ts'
import { respondErrors } from './respond-errors.ts'
import { type ResponseParts, record, without } from './response-parts.ts'
import type { DoneStep, Level, Run, Work } from './run.ts'
import { saidStatus } from './run-status-words.ts'
import { ofStep } from './same-words.ts'

const UNDOABLE: ReadonlySet<Run['status']> = new Set(['succeeded', 'failed', 'cancelled', 'undo-failed'])

/** Whose word it takes to undo what is left of a run. */
export const undoLevelOf = ({ done }: Run): Person['level'] =>
  done.some(({ undone, undoLevel }) => !undone && undoLevel === 'lead') ? 'lead' : 'analyst'

/** Begins to take back what a run did; throws not_waiting, not_allowed, nothing_to_undo. */
export async function beginUndo(parts: ResponseParts, run: Run, person: Person): Promise<Run> {
  if (!UNDOABLE.has(run.status)) throw respondErrors.not_waiting({ id: run.id, status: saidStatus(run) })
  const level = undoLevelOf(run)
  if (level === 'lead' && person.level !== 'lead') throw respondErrors.not_allowed({ person: person.id, level })
  if (!run.done.some(({ undone, undo, lost }) => !undone && (undo !== undefined || lost)))
    throw respondErrors.nothing_to_undo({ id: run.id })
  const begun: Run = { ...without(run, 'endedAt', 'failure', 'work'), status: 'undoing' }
  return driveUndo(parts, await record(parts, begun, { kind: 'undo-asked', actor: person.id }))
}

/** Compensates the steps in reverse order; steps that state no undoing are passed over. One that fails stops it: the rest is for people. */
export async function driveUndo(parts: ResponseParts, start: Run): Promise<Run> {
  let run = start
  while (run.status === 'undoing') {
    const index = openStep(run)
    const undo = run.done[index]?.undo
    if (undo === undefined) return endUndo(parts, run, ...verdict(run))
    run = await undoOne(parts, run.work ? run : { ...run, work: undo }, index)
  }
  return run
}

/** Place of the step that is to be undone next; -1 where none is left. */
const openStep = ({ done }: Run): number => done.findLastIndex(({ undone, undo }) => !undone && undo !== undefined)

function verdict({ done }: Run): readonly ['undone' | 'undo-failed', Text | undefined] {
  const lost = done.filter((step) => step.lost).map(({ step }) => step)
  if (lost.length === 0) return ['undone', undefined]
  return ['undo-failed', fillText(LOST, { steps: lost.join(', ') })]
}

const LOST: Text = {
  en: 'what would undo them is not known: {steps}',
  zh: '以下步骤如何撤销已无从得知：{steps}',
}

async function undoOne(parts: ResponseParts, run: Run, index: number): Promise<Run> {
  const values = new Map(Object.entries((run.levels[0] as Level).values))
  const performed = await performWork(parts, run, values)
  const { step } = run.work as Work
  if (performed.result === 'manual' || performed.result === 'uncertain') {
    const line = { kind: performed.result === 'manual' ? 'manual-asked' : 'uncertain', step, phase: 'undo' } as const
    return record(
      parts,
      { ...performed.run, status: 'waiting', asks: performed.result },
      { ...line, detail: performed.detail },
    )
  }
  if (performed.result === 'failed') return failUndo(parts, performed.run, performed.detail)
  return markUndone(parts, performed.run, index)
}

function markUndone(parts: ResponseParts, run: Run, index: number): Promise<Run> {
  const done = run.done.with(index, { ...(run.done[index] as DoneStep), undone: true })
  return record(
    parts,
    { ...without(run, 'work'), done },
    { kind: 'undone', step: (run.done[index] as DoneStep).step, phase: 'undo' },
  )
}

/** An undoing that did not work is left to people. Begun again, it goes on with the command that failed. */
export function failUndo(parts: ResponseParts, run: Run, detail: Text): Promise<Run> {
  const work = run.work as Work
  const index = openStep(run)
  const half: DoneStep = { ...(run.done[index] as DoneStep), undo: { ...work, attempt: 1, inFlight: false } }
  const done = work.next < work.commands.length ? run.done.with(index, half) : run.done
  return endUndo(parts, { ...run, done }, 'undo-failed', ofStep(work.step, detail))
}

type Ended = 'undone' | 'undo-failed'

function endUndo(parts: ResponseParts, run: Run, status: Ended, failure: Text | undefined): Promise<Run> {
  const endedAt = parts.clock.now().toISOString()
  const ended: Run = { ...without(run, 'work', 'busy'), status, endedAt, ...(failure === undefined ? {} : { failure }) }
  const why = failure === undefined ? {} : { detail: failure }
  return record(parts, ended, { kind: 'ended', outcome: status, ...why })
}
