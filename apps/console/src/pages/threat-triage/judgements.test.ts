import { expect, test } from 'vitest'
import { countJudgements, type JudgementStep, type Judgements, lastUndoable, stepJudgements } from './judgements.ts'

const problem = new Error('no answer')
const judge = (group: string, kind: 'benign' | 'confirm' = 'benign'): JudgementStep => ({
  kind: 'judge',
  group,
  said: { kind },
})
const after = (...steps: readonly JudgementStep[]) => steps.reduce<Judgements>(stepJudgements, new Map())
const states = (judgements: Judgements) => [...judgements.values()].map(({ group, state }) => `${group} ${state}`)

test('a verdict is saved only once the server said so', () => {
  expect(states(after(judge('a')))).toEqual(['a saving'])
  expect(states(after(judge('a'), { kind: 'saved', group: 'a' }))).toEqual(['a saved'])
})

test('a verdict that was refused stays in sight as not saved, and can be given again', () => {
  const refused = after(judge('a'), { kind: 'failed', group: 'a', problem })
  expect(states(refused)).toEqual(['a failed'])
  expect(countJudgements(refused)).toEqual({ saving: 0, saved: 0, failed: 1 })
  expect(lastUndoable(refused)).toBeUndefined()
  expect(states(stepJudgements(refused, judge('a', 'confirm')))).toEqual(['a saving'])
})

test('a second verdict on a group that has one is passed over', () => {
  const first = after(judge('a'))
  expect(stepJudgements(first, judge('a', 'confirm'))).toBe(first)
  const saved = stepJudgements(first, { kind: 'saved', group: 'a' })
  expect(stepJudgements(saved, judge('a', 'confirm'))).toBe(saved)
})

test('undo takes the newest saved one back, and says when it could not', () => {
  const two = after(judge('a'), { kind: 'saved', group: 'a' }, judge('b'), { kind: 'saved', group: 'b' }, judge('c'))
  expect(lastUndoable(two)?.group).toBe('b')
  const undoing = stepJudgements(two, { kind: 'undo', group: 'b' })
  expect(lastUndoable(undoing)?.group).toBe('a')
  expect(states(stepJudgements(undoing, { kind: 'undone', group: 'b' }))).toEqual(['a saved', 'c saving'])
  const stuck = stepJudgements(undoing, { kind: 'undo_failed', group: 'b', problem })
  expect(states(stuck)).toContain('b undo_failed')
  expect(countJudgements(stuck).saved).toBe(2)
})

test('what is still being saved cannot be undone', () => {
  const saving = after(judge('a'))
  expect(stepJudgements(saving, { kind: 'undo', group: 'a' })).toBe(saving)
})

test('a fresh queue forgets what was saved, and nothing else', () => {
  const mixed = after(judge('a'), { kind: 'saved', group: 'a' }, judge('b'), judge('c'), {
    kind: 'failed',
    group: 'c',
    problem,
  })
  expect(states(stepJudgements(mixed, { kind: 'refreshed' }))).toEqual(['b saving', 'c failed'])
})

test('an answer that comes for nothing is passed over', () => {
  const none = after()
  for (const kind of ['saved', 'undo', 'undone'] as const) expect(stepJudgements(none, { kind, group: 'x' })).toBe(none)
  expect(stepJudgements(none, { kind: 'failed', group: 'x', problem })).toBe(none)
})
