import { expect, test } from 'vitest'
import { actionTo, asPlaybook, idOf, playbookOf, straight } from '../playbook/playbook.fixture.ts'
import { HOUSE_EXTENSION } from '../playbook/playbook-names.ts'
import { ann, bench, house, libraryOf, playbookId } from './engine.fixture.ts'

/** Runs a playbook that calls `collect-evidence` and keeps what comes back in a variable of the type. */
async function runCaller(answerType: string) {
  const [start, end, call] = [idOf('start', 1), idOf('end', 4), idOf('playbook-action', 3)]
  const args = { in_args: ['__host__'], out_args: ['__artifact_id__'] }
  const caller = playbookOf(
    {
      [start]: { type: 'start', on_completion: call },
      [call]: { type: 'playbook-action', playbook_id: playbookId('collect-evidence'), on_completion: end, ...args },
      [end]: { type: 'end' },
    },
    { playbook_variables: { __host__: { type: 'string', value: 'web-01' }, __artifact_id__: { type: answerType } } },
  )
  const { engine } = bench({ library: libraryOf(asPlaybook(caller), ...house.values()) })
  return engine.start({ playbook: idOf('playbook', 1), inputs: {}, requester: 'ann', reason: '' })
}

test('a called playbook gets its inputs and hands its outputs back', async () => {
  expect(await runCaller('string')).toMatchObject({
    status: 'succeeded',
    levels: [{ values: { __artifact_id__: expect.stringMatching(/^artifact-/) } }],
  })
})

test('what a called playbook hands back fits the variable that it goes to, or the step has failed', async () => {
  expect(await runCaller('ipv4-addr')).toMatchObject({
    status: 'failed',
    failure: { en: 'the answer for __artifact_id__ is no ipv4-addr' },
    levels: [{ values: { __artifact_id__: null } }],
  })
})

test('a run passes 10,000 steps at most, those of the playbooks that it calls over and over among them', async () => {
  const [start, end, check, act] = [idOf('start', 1), idOf('end', 4), idOf('if-condition', 5), idOf('action', 3)]
  const [repeat, call] = [idOf('while-condition', 6), idOf('playbook-action', 7)]
  const never = "__go__:value = 'no'"
  const playbook_variables = { __go__: { type: 'string', value: 'yes' } }
  const called = playbookOf(
    {
      [start]: { type: 'start', on_completion: check },
      [check]: { type: 'if-condition', condition: never, on_true: act, on_completion: end },
      ...{ [act]: actionTo(end), [end]: { type: 'end' } },
    },
    { id: idOf('playbook', 9), playbook_variables },
  )
  const caller = playbookOf(
    {
      [start]: { type: 'start', on_completion: repeat },
      [repeat]: { type: 'while-condition', condition: "__go__:value = 'yes'", on_true: call, on_completion: end },
      [call]: { type: 'playbook-action', playbook_id: idOf('playbook', 9), on_completion: repeat },
      [end]: { type: 'end' },
    },
    { playbook_variables },
  )
  const { engine, parts } = bench({ library: libraryOf(asPlaybook(caller), asPlaybook(called)) })
  const run = await engine.start({ playbook: idOf('playbook', 1), inputs: {}, requester: 'ann', reason: '' })
  expect(run).toMatchObject({ status: 'failed', failure: { en: 'more than 10,000 steps were passed' } })
  const calls = (await parts.runs.journal(run.id)).filter(({ kind }) => kind === 'started')
  expect(calls).toHaveLength(2_001)
})

test('of two versions that are called, a step that names none gets the newest', async () => {
  const [start, end, first, second] = [
    ...[idOf('start', 1), idOf('end', 4)],
    ...[idOf('playbook-action', 3), idOf('playbook-action', 5)],
  ] as [string, string, string, string]
  const [before, now] = ['2026-11-22T00:00:00.000Z', '2026-11-22T01:00:00.000Z']
  const versionOf = (name: string, modified: string) => {
    const manual = {
      commands: [{ type: 'manual', command: name }],
      step_extensions: { [HOUSE_EXTENSION]: { approval: 'none' } },
    }
    return asPlaybook(straight(manual, { id: idOf('playbook', 9), name, modified }))
  }
  const called = { type: 'playbook-action', playbook_id: idOf('playbook', 9) }
  const caller = playbookOf({
    [start]: { type: 'start', on_completion: first },
    [first]: { ...called, playbook_version: before, on_completion: second },
    [second]: { ...called, on_completion: end },
    [end]: { type: 'end' },
  })
  const newest = versionOf('Now', now)
  const library = libraryOf(asPlaybook(caller), newest, versionOf('Before', before))
  const { engine } = bench({ library })
  const run = await engine.start({ playbook: idOf('playbook', 1), inputs: {}, requester: 'ann', reason: '' })
  expect(run.work?.commands).toMatchObject([{ request: { instruction: 'Before' } }])
  const later = await engine.report(run.id, ann, { ok: true, detail: '' })
  expect(later.work?.commands).toMatchObject([{ request: { instruction: 'Now' } }])
})

test('a called playbook that takes no such input ends the run, which can then be undone', async () => {
  const [start, end, call] = [idOf('start', 1), idOf('end', 4), idOf('playbook-action', 3)]
  const called = { type: 'playbook-action', playbook_id: playbookId('collect-evidence'), in_args: ['__else__'] }
  const caller = playbookOf(
    {
      [start]: { type: 'start', on_completion: call },
      [call]: { ...called, on_completion: end },
      [end]: { type: 'end' },
    },
    { playbook_variables: { __else__: { type: 'string', value: 'x' } } },
  )
  const { engine } = bench({ library: libraryOf(asPlaybook(caller), ...house.values()) })
  const run = await engine.start({ playbook: idOf('playbook', 1), inputs: {}, requester: 'ann', reason: '' })
  expect(run).toMatchObject({
    status: 'failed',
    failure: { en: expect.stringContaining('declares no variable __else__') },
  })
})
