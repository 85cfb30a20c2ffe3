import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { utf8 } from '@dengta/kernel'
import type { BoardView, SubmissionView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hostileOnnx, onnxEightGigabytes, onnxNotFinite, onnxOneAnswer, onnxSum } from '../model/sample-onnx.ts'
import {
  AUDITOR,
  DEVELOPER,
  HIDDEN_ROWS,
  pieces,
  SAMPLE_BENCHMARK,
  type SampleHouse,
  sampleCsv,
  sampleHouse,
} from './sample-house.ts'
import type { SubmissionTables } from './submission-tables.ts'

const linear = (coefficients: readonly number[]) =>
  utf8(
    JSON.stringify({
      format: 'dengta-linear/v1',
      task: 'regression',
      inputs: ['a', 'b', 'c'],
      features: ['a', 'b', 'c'],
      centre: [0, 0, 0],
      scale: [1, 1, 1],
      coefficients,
      intercept: 0,
    }),
  )

const GENEROUS = SAMPLE_BENCHMARK.replace('queryBudget: 6', 'queryBudget: 100')

/** All but the one that is within the limit of this benchmark. */
const hostile = Object.entries(hostileOnnx).filter(([, { code }]) => code !== 'model.too_many_weights')

for (const stores of testStores()) {
  describe(`submissions, ${stores.name}`, () => {
    let house: SampleHouse
    const submit = (form: string, bytes: Uint8Array, name = form) =>
      house.call<SubmissionView>(DEVELOPER, 'POST /api/v1/benchmarks/:id/submissions', {
        params: { id: 'sums' },
        query: { name, form },
        body: pieces(bytes.slice(0, 10), bytes.slice(10)),
      })
    const view = (id: string) =>
      house.call<SubmissionView>(undefined, 'GET /api/v1/submissions/:id', { params: { id } })
    const board = () => house.call<BoardView>(undefined, 'GET /api/v1/benchmarks/:id/board', { params: { id: 'sums' } })
    const finished = async (form: string, bytes: Uint8Array) => {
      const { id } = await submit(form, bytes)
      await house.idle()
      return view(id)
    }
    beforeAll(async () => {
      house = await sampleHouse(stores, { definition: GENEROUS })
    })
    afterAll(() => house.close())

    test('a linear model is queued, tested for isolation, scored and ranked, each step on record', async () => {
      const queued = await submit('linear', linear([1, 2, -1]))
      expect(queued.state).toBe('waiting')
      await house.idle()
      const scored = await view(queued.id)
      expect(scored).toMatchObject({ state: 'scored', isolation: { held: true } })
      expect(scored.evaluation?.result).toMatchObject({ rows: HIDDEN_ROWS, metric: 'r2', direction: 'higher' })
      expect(scored.evaluation!.result.score.value).toBeGreaterThan(0.999)
      expect(scored.evaluation!.result.periods.map(({ part, rows }) => [part, rows])).toEqual([
        ['2013', 200],
        ['2014', 200],
      ])
      const kinds = (await house.ledger.records()).filter(({ statement }) => 'submission' in statement.predicate)
      expect(kinds.map(({ kind, statement }) => [kind, statement.predicate.actor])).toEqual([
        ['submission', 'maker'],
        ['isolation', 'house'],
        ['evaluation', 'house'],
      ])
    })

    test('predictions, in the file order of the hidden rows, are scored too', async () => {
      const { hiddenTargets } = sampleCsv()
      const perfect = await finished('predictions', utf8(hiddenTargets.join('\n')))
      expect(perfect.evaluation?.result.score.value).toBe(1)
    })

    test('the same file twice is one submission', async () => {
      const { id } = await submit('onnx', onnxSum)
      await expect(submit('onnx', onnxSum, 'again')).rejects.toMatchObject({
        code: 'submission.duplicate',
        details: { submission: id },
      })
      await house.idle()
      expect((await view(id)).evaluation?.result.engine).toMatch(/^dengta-\S+ scoring-2 node-20 onnxruntime-1\.24\.3$/)
    })

    test('a replay gives equal digests and is signed by who asked', async () => {
      const { rows } = await board()
      for (const { submission } of rows) {
        const place = { params: { id: submission } }
        const replayed = await house.call<SubmissionView>(AUDITOR, 'POST /api/v1/submissions/:id/replay', place)
        expect(replayed.replay?.same).toBe(true)
        const record = await house.ledger.find(replayed.replay!.record)
        expect(record?.statement.predicate).toMatchObject({ actor: 'audit', same: true })
      }
    })

    test('many replays at once run one after another, each after a self-test of the sandbox', async () => {
      const [{ submission = '' } = {}] = (await board()).rows
      const before = (await house.ledger.records({ kinds: ['isolation'] })).length
      const ask = () =>
        house.call<SubmissionView>(AUDITOR, 'POST /api/v1/submissions/:id/replay', { params: { id: submission } })
      const replays = await Promise.all([ask(), ask(), ask()])
      expect(replays.map(({ replay }) => replay?.same)).toEqual([true, true, true])
      expect(await house.ledger.records({ kinds: ['isolation'] })).toHaveLength(before + 3)
    })

    test.each(hostile)('refused before it runs, and recorded: %s', async (_, { bytes, code }) => {
      await expect(submit('onnx', bytes)).rejects.toMatchObject({ code })
      const [refusal] = (await house.ledger.records({ kinds: ['refusal'] })).slice(-1)
      expect(refusal?.statement.predicate).toMatchObject({ code, stage: 'check', outcome: 'refused' })
    })

    test.each([
      ['8 GB asked for in a few hundred bytes', onnxEightGigabytes, 'submission.memory', 'run'],
      ['predictions that are not finite', onnxNotFinite, 'scoring.not_finite', 'score'],
      ['one answer for all rows', onnxOneAnswer, 'submission.wrong_shape', 'run'],
    ])('refused by what it did: %s', async (_, bytes, code, stage) => {
      const refused = await finished('onnx', bytes)
      expect(refused).toMatchObject({ state: 'refused', refusal: { code }, isolation: { held: true } })
      const record = await house.ledger.find(refused.refusal!.record)
      expect(record?.statement.predicate).toMatchObject({ code, stage, actor: 'house' })
    })

    test('the board is best first, in tiers, and counts what was refused', async () => {
      const { rows, refused } = await board()
      expect(rows.map(({ form, tier, meetsThreshold }) => [form, tier, meetsThreshold])).toEqual([
        ['predictions', 1, true],
        ['linear', 2, true],
        ['onnx', 3, false],
      ])
      expect(refused).toBeGreaterThan(15)
    })

    test('no hidden value stands in an answer, a record, the log or a readable file', async () => {
      const { hiddenTargets } = sampleCsv()
      const { submissions } = await house.call<{ submissions: object[] }>(
        undefined,
        'GET /api/v1/benchmarks/:id/submissions',
        { params: { id: 'sums' } },
      )
      const told = JSON.stringify([submissions, await board(), await house.ledger.records(), house.log])
      for (const target of hiddenTargets) expect(told).not.toContain(String(target))
      const kept = join(house.store.home, 'scoring')
      for (const folder of ['predictions', 'features']) {
        expect((await stat(join(kept, folder))).mode & 0o777).toBe(0o700)
        for (const file of await readdir(join(kept, folder)))
          expect((await stat(join(kept, folder, file))).mode & 0o777).toBe(0o600)
      }
    })

    test('the file for the sandbox holds features and nothing of the target', async () => {
      const folder = join(house.store.home, 'scoring', 'features')
      const [file] = await readdir(folder)
      const bytes = await readFile(join(folder, file!))
      expect(bytes.length).toBe(16 + HIDDEN_ROWS * 3 * 8)
      const target = Buffer.alloc(8)
      for (const value of sampleCsv().hiddenTargets) {
        target.writeDoubleLE(value)
        expect(bytes.includes(target)).toBe(false)
      }
    })
  })

  describe(`limits of submitting, ${stores.name}`, () => {
    let house: SampleHouse
    const submit = (form: string, bytes: Uint8Array) =>
      house.call<SubmissionView>(DEVELOPER, 'POST /api/v1/benchmarks/:id/submissions', {
        params: { id: 'sums' },
        query: { name: 'm', form },
        body: pieces(bytes),
      })
    let broken = false
    beforeAll(async () => {
      const definition = SAMPLE_BENCHMARK.replace('queryBudget: 6', 'queryBudget: 5').replace(
        'modelBytes: 2000000',
        'modelBytes: 5000',
      )
      const open = definition.replace('forms: [predictions, linear, trees, onnx]', 'forms: [predictions, linear]')
      const leaky = { held: false, probes: [{ attack: 'socket', held: false, seen: 'connected' }] }
      let tests = 0
      let runs = 0
      house = await sampleHouse(stores, {
        definition: open,
        sandbox: (real) => ({
          ...real,
          canary: async (limits) => {
            tests += 1
            return tests === 1 ? { ...leaky, level: real.level } : real.canary(limits)
          },
          run: async (job) => {
            runs += 1
            if (runs === 1 || broken) throw new Error('the server is stopped here')
            return real.run(job)
          },
        }),
      })
    })
    afterAll(() => house.close())

    test('a sandbox that does not hold runs nothing, and the query is not used up', async () => {
      const { id } = await submit('linear', linear([1, 1, 1]))
      await house.idle()
      const refused = await house.call<SubmissionView>(undefined, 'GET /api/v1/submissions/:id', { params: { id } })
      expect(refused).toMatchObject({
        state: 'refused',
        refusal: { code: 'submission.isolation' },
        isolation: { held: false },
      })
      expect(refused.evaluation).toBeUndefined()
    })
    test('a run that was cut short runs again and is scored once', async () => {
      const { id } = await submit('linear', linear([1, 2, -2]))
      await house.idle()
      const scored = await house.call<SubmissionView>(undefined, 'GET /api/v1/submissions/:id', { params: { id } })
      expect(scored.state).toBe('scored')
      const about = (await house.ledger.records()).filter(
        ({ statement }) => 'submission' in statement.predicate && statement.predicate.submission === id,
      )
      expect(about.map(({ kind }) => kind)).toEqual(['submission', 'isolation', 'isolation', 'evaluation'])
    })
    test('what the house fails to score is said to be its own fault, and may be handed in again', async () => {
      broken = true
      const { id } = await submit('linear', linear([2, 2, -2]))
      await house.idle()
      broken = false
      const refused = await house.call<SubmissionView>(undefined, 'GET /api/v1/submissions/:id', { params: { id } })
      expect(refused).toMatchObject({ state: 'refused', refusal: { code: 'submission.house_failed' } })
      const again = await submit('linear', linear([2, 2, -2]))
      await house.idle()
      const scored = await house.call<SubmissionView>(undefined, 'GET /api/v1/submissions/:id', {
        params: { id: again.id },
      })
      expect(scored.state).toBe('scored')
    })
    test('a form that the benchmark does not take', async () => {
      await expect(submit('onnx', onnxSum)).rejects.toMatchObject({ code: 'submission.form_not_allowed' })
    })
    test('a body without end is cut off at the limit', async () => {
      let sent = 0
      async function* endless() {
        for (;;) {
          sent += 1000
          yield new Uint8Array(1000)
        }
      }
      const answer = house.call(DEVELOPER, 'POST /api/v1/benchmarks/:id/submissions', {
        params: { id: 'sums' },
        query: { name: 'm', form: 'linear' },
        body: endless(),
      })
      await expect(answer).rejects.toMatchObject({ code: 'submission.too_large' })
      expect(sent).toBe(6000)
    })
    test('the budget holds under simultaneous submissions; static refusals do not count', async () => {
      await expect(submit('linear', utf8('{}'))).rejects.toMatchObject({ code: 'model.schema' })
      const tries = await Promise.allSettled([1, 2, 3, 4, 5].map((k) => submit('linear', linear([k, 2, -1]))))
      const codes = tries.map((each) => (each.status === 'fulfilled' ? 'taken' : each.reason.code)).toSorted()
      expect(codes).toEqual(['submission.budget_spent', 'submission.budget_spent', 'taken', 'taken', 'taken'])
      await house.idle()
    })
    test('lost predictions are said, and a replay brings them back', async () => {
      const board = () =>
        house.call<BoardView>(undefined, 'GET /api/v1/benchmarks/:id/board', { params: { id: 'sums' } })
      await rm(join(house.store.home, 'scoring', 'predictions'), { recursive: true })
      await expect(board()).rejects.toMatchObject({ code: 'board.predictions_missing' })
      const { submissions } = await house.call<{ submissions: SubmissionView[] }>(
        undefined,
        'GET /api/v1/benchmarks/:id/submissions',
        { params: { id: 'sums' } },
      )
      for (const { id, state } of submissions)
        if (state === 'scored') await house.call(AUDITOR, 'POST /api/v1/submissions/:id/replay', { params: { id } })
      expect((await board()).rows).toHaveLength(5)
    })
    test('what has no score cannot be replayed', async () => {
      const { submissions } = await house.call<{ submissions: SubmissionView[] }>(
        undefined,
        'GET /api/v1/benchmarks/:id/submissions',
        { params: { id: 'sums' } },
      )
      const { id } = submissions.find(({ state }) => state === 'refused')!
      const replay = house.call(AUDITOR, 'POST /api/v1/submissions/:id/replay', { params: { id } })
      await expect(replay).rejects.toMatchObject({ code: 'submission.not_scored' })
    })
    test('a score of another engine is not called different', async () => {
      const { submissions } = await house.call<{ submissions: SubmissionView[] }>(
        undefined,
        'GET /api/v1/benchmarks/:id/submissions',
        { params: { id: 'sums' } },
      )
      const { id, evaluation } = submissions.find(({ state }) => state === 'scored')!
      const former = { ...evaluation, result: { ...evaluation?.result, engine: 'dengta-0.0.9 node-18' } }
      const submitted = house.store.db<SubmissionTables>().updateTable('submissions').where('id', '=', id)
      await submitted.set({ evaluation: JSON.stringify(former) }).execute()
      const replay = house.call(AUDITOR, 'POST /api/v1/submissions/:id/replay', { params: { id } })
      await expect(replay).rejects.toMatchObject({ code: 'submission.other_engine' })
    })
    test('an unknown submission', async () => {
      const missing = house.call(AUDITOR, 'POST /api/v1/submissions/:id/replay', { params: { id: 'sub_x' } })
      await expect(missing).rejects.toMatchObject({ code: 'submission.missing' })
    })
  })
}
