import { expect, test } from 'vitest'
import { actionTo, asPlaybook, idOf, playbookOf } from '../playbook/playbook.fixture.ts'
import { leave, positionAtStart, type Stop, settle } from './workflow-position.ts'

const [start, end, a, b, c] = [
  idOf('start', 1),
  idOf('end', 4),
  idOf('action', 10),
  idOf('action', 11),
  idOf('action', 12),
]

/** Walks a workflow in which every action succeeds, but for `failing`; `change` sets values after each action. */
function walk(
  workflow: Record<string, object>,
  failing: readonly string[] = [],
  change: (step: string, values: Map<string, string>) => void = () => {},
) {
  const playbook = asPlaybook(playbookOf(workflow as never, { workflow_exception: undefined }))
  const values = new Map([['__n__', '0']])
  const acted: string[] = []
  let position = positionAtStart(playbook)
  for (;;) {
    const settled = settle(playbook, position, values)
    const stop: Stop = settled.stop
    if (stop.kind === 'finished') return { acted, ok: stop.ok, reason: stop.reason }
    acted.push(stop.step)
    change(stop.step, values)
    const next = leave(playbook, settled.position, !failing.includes(stop.step))
    if (next === undefined) return { acted, ok: false, reason: 'unhandled' }
    position = next
  }
}

test('parallel branches are all walked, then what follows', () => {
  const fork = idOf('parallel', 5)
  const workflow = {
    [start]: { type: 'start', on_completion: fork },
    [fork]: { type: 'parallel', next_steps: [a, b], on_completion: c },
    ...{ [a]: actionTo(idOf('end', 6)), [b]: actionTo(idOf('end', 7)), [c]: actionTo(end) },
    ...{ [end]: { type: 'end' }, [idOf('end', 6)]: { type: 'end' }, [idOf('end', 7)]: { type: 'end' } },
  }
  expect(walk(workflow)).toEqual({ acted: [a, b, c], ok: true, reason: undefined })
})

test.each(['its own end', 'the loop itself'])('a while-condition repeats its branch, which closes at %s', (closing) => {
  const loop = idOf('while-condition', 5)
  const workflow = {
    [start]: { type: 'start', on_completion: loop },
    [loop]: { type: 'while-condition', condition: '__n__:value < 3', on_true: a, on_completion: b },
    [a]: actionTo(closing === 'its own end' ? idOf('end', 6) : loop),
    ...{ [b]: actionTo(end), [end]: { type: 'end' }, [idOf('end', 6)]: { type: 'end' } },
  }
  const count = (step: string, values: Map<string, string>) =>
    step === a && values.set('__n__', String(Number(values.get('__n__')) + 1))
  expect(walk(workflow, [], count)).toEqual({ acted: [a, a, a, b], ok: true, reason: undefined })
})

test('a loop that never ends is ended', () => {
  const loop = idOf('while-condition', 5)
  const workflow = {
    [start]: { type: 'start', on_completion: loop },
    [loop]: { type: 'while-condition', condition: '__n__:value = 0', on_true: end, on_completion: end },
    [end]: { type: 'end' },
  }
  expect(walk(workflow)).toMatchObject({ ok: false, reason: 'limit' })
})

test('a switch takes its case, its default, or none', () => {
  const choose = idOf('switch-condition', 5)
  const workflow = (cases: object) => ({
    [start]: { type: 'start', on_completion: choose },
    [choose]: { type: 'switch-condition', switch: '__n__:value', cases, on_completion: c },
    ...{ [a]: actionTo(end), [b]: actionTo(end), [c]: actionTo(end), [end]: { type: 'end' } },
  })
  expect(walk(workflow({ 0: a, default: b })).acted).toEqual([a, c])
  expect(walk(workflow({ 1: a, default: b })).acted).toEqual([b, c])
  expect(walk(workflow({ 1: a, constructor: b })).acted).toEqual([c])
})

test('a failure goes to on_failure, and without one ends the run: on_completion is not for failures', () => {
  const workflow = (change: object) => ({
    [start]: { type: 'start', on_completion: a },
    [a]: { ...actionTo(end), ...change },
    ...{ [b]: actionTo(end), [end]: { type: 'end' } },
  })
  expect(walk(workflow({ on_completion: undefined, on_success: end, on_failure: b }), [a])).toMatchObject({
    acted: [a, b],
    ok: true,
  })
  expect(walk(workflow({}), [a])).toEqual({ acted: [a], ok: false, reason: 'unhandled' })
})
