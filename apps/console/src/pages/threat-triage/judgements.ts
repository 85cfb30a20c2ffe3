import type { NewDisposition } from '@dengta/sdk'

/** `saved` only after the server said so; `failed` and `undo_failed` after it refused or did not answer. */
type JudgementState = 'saving' | 'saved' | 'failed' | 'undoing' | 'undo_failed'

export interface Judgement {
  readonly group: string
  readonly said: NewDisposition
  readonly state: JudgementState
  readonly problem?: Error
}

/** Verdicts given on this page by group, the newest last. */
export type Judgements = ReadonlyMap<string, Judgement>

export type JudgementStep =
  | { readonly kind: 'judge'; readonly group: string; readonly said: NewDisposition }
  | { readonly kind: 'saved' | 'undo' | 'undone'; readonly group: string }
  | { readonly kind: 'failed' | 'undo_failed'; readonly group: string; readonly problem: Error }
  | { readonly kind: 'refreshed' }

/** The only place where a verdict changes its state. A step that does not fit the state changes nothing. */
export function stepJudgements(before: Judgements, step: JudgementStep): Judgements {
  if (step.kind === 'refreshed') return new Map([...before].filter(([, { state }]) => state !== 'saved'))
  const now = before.get(step.group)
  switch (step.kind) {
    case 'judge':
      return mayJudge(now) ? put(before, { group: step.group, said: step.said, state: 'saving' }) : before
    case 'saved':
      return now?.state === 'saving' ? put(before, { ...plain(now), state: 'saved' }) : before
    case 'failed':
      return now?.state === 'saving' ? put(before, { ...now, state: 'failed', problem: step.problem }) : before
    case 'undo':
      return mayUndo(now) ? put(before, { ...plain(now), state: 'undoing' }) : before
    case 'undo_failed':
      return now?.state === 'undoing' ? put(before, { ...now, state: 'undo_failed', problem: step.problem }) : before
    default:
      return now?.state === 'undoing' ? without(before, step.group) : before
  }
}

/** A group is judged once; again only where the verdict was not saved. */
export const mayJudge = (judgement: Judgement | undefined): boolean =>
  judgement === undefined || judgement.state === 'failed'

const mayUndo = (judgement: Judgement | undefined): judgement is Judgement =>
  judgement?.state === 'saved' || judgement?.state === 'undo_failed'

/** The newest verdict that can be taken back. */
export function lastUndoable(judgements: Judgements): Judgement | undefined {
  return [...judgements.values()].findLast(mayUndo)
}

export interface JudgementCounts {
  readonly saving: number
  readonly saved: number
  readonly failed: number
}

export function countJudgements(judgements: Judgements): JudgementCounts {
  const states = [...judgements.values()].map(({ state }) => state)
  const count = (...wanted: readonly JudgementState[]) => states.filter((state) => wanted.includes(state)).length
  return { saving: count('saving', 'undoing'), saved: count('saved', 'undo_failed'), failed: count('failed') }
}

function put(before: Judgements, judgement: Judgement): Judgements {
  const after = new Map(before)
  if (judgement.state === 'saving') after.delete(judgement.group)
  return after.set(judgement.group, judgement)
}

function without(before: Judgements, group: string): Judgements {
  const after = new Map(before)
  after.delete(group)
  return after
}

function plain({ group, said, state }: Judgement): Judgement {
  return { group, said, state }
}
