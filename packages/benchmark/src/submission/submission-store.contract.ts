import type { Store } from '@dengta/store'
import { describe, expect, test } from 'vitest'
import type { OpenTables } from '../benchmark/tables-open.ts'
import type { Submission, SubmissionChange } from './submission.ts'
import type { SubmissionStore } from './submission-store.ts'
import type { SubmissionTables } from './submission-tables.ts'

export interface OpenedSubmissionStore {
  readonly store: Store
  readonly submissions: SubmissionStore
}

const digest = (letter: string) => letter.repeat(64)
const text = { en: 'no', zh: '否' }
const refusal = { code: 'model.schema', text, record: digest('9') }

function waiting(id: string, change: Partial<Submission> = {}): Submission {
  return {
    ...{ id, benchmark: 'sums', dataset: 'data_1', scenario: 'plant', name: id, form: 'trees', participant: 'maker' },
    ...{ model: digest('a'), bytes: 12, state: 'waiting', counted: true, record: digest('b') },
    submittedAt: new Date('2026-11-22T08:00:00Z'),
    ...{ refusal: undefined, isolation: undefined, evaluation: undefined, replay: undefined },
    ...change,
  }
}

async function addBenchmark(store: Store): Promise<void> {
  const row = { id: 'sums', scenario: null, owner: 'plant', definition: '{}', definition_digest: digest('d') }
  await store
    .db<OpenTables>()
    .insertInto('benchmarks')
    .values({ ...row, file: digest('f'), record: digest('e'), created_at: new Date(0) })
    .execute()
}

/** Every implementation runs these same cases. `make` opens an empty one. */
export function submissionStoreContract(name: string, make: () => Promise<OpenedSubmissionStore>): void {
  describe(`submission store, ${name}`, () => {
    const open = async () => {
      const opened = await make()
      await addBenchmark(opened.store)
      const inside = <T>(work: (tx: Parameters<SubmissionStore['spent']>[0]) => Promise<T>) =>
        opened.store.transaction<SubmissionTables, T>(work)
      const add = (submission: Submission) => inside((tx) => opened.submissions.create(tx, submission))
      const change = (id: string, to: SubmissionChange) => inside((tx) => opened.submissions.change(tx, id, to))
      return { ...opened, inside, add, change }
    }

    test('what was created is found whole', async () => {
      const { submissions, add } = await open()
      await add(waiting('sub_1'))
      expect(await submissions.find('sub_1')).toEqual(waiting('sub_1'))
      expect(await submissions.find('sub_2')).toBeUndefined()
    })

    test('a change leaves the other parts as they are', async () => {
      const { submissions, add, change } = await open()
      await add(waiting('sub_1'))
      const isolation = {
        record: digest('1'),
        level: 'process',
        held: true,
        parts: [],
        missing: ['seccomp'],
        probes: [],
      }
      await change('sub_1', { state: 'running', isolation })
      await change('sub_1', { state: 'refused', refusal })
      expect(await submissions.find('sub_1')).toEqual(waiting('sub_1', { state: 'refused', isolation, refusal }))
    })

    test('a state without its reason cannot be stored', async () => {
      const { add, change } = await open()
      await add(waiting('sub_1'))
      await expect(change('sub_1', { state: 'scored' })).rejects.toMatchObject({ code: '23514' })
      await expect(change('sub_1', { state: 'refused' })).rejects.toMatchObject({ code: '23514' })
    })

    test('the same file by the same participant counts once on a data set', async () => {
      const { add } = await open()
      await add(waiting('sub_1', { state: 'refused', counted: false, refusal }))
      await add(waiting('sub_2'))
      await add(waiting('sub_3', { participant: 'other' }))
      await add(waiting('sub_4', { dataset: 'data_2' }))
      const again = add(waiting('sub_5'))
      await expect(again).rejects.toMatchObject({ code: 'submission.duplicate', details: { submission: 'sub_2' } })
    })

    test('spent and tally count what they say', async () => {
      const { submissions, inside, add } = await open()
      await add(waiting('sub_1'))
      await add(waiting('sub_2', { model: digest('c') }))
      await add(waiting('sub_3', { state: 'refused', counted: false, refusal }))
      await add(waiting('sub_4', { participant: 'other' }))
      const key = { dataset: 'data_1', participant: 'maker' }
      expect(await inside((tx) => submissions.spent(tx, key))).toBe(2)
      expect(await submissions.tally('data_1')).toEqual({ scored: 0, refused: 1 })
      expect(await submissions.tally('data_2')).toEqual({ scored: 0, refused: 0 })
    })

    test('lists are in the order of coming', async () => {
      const { submissions, add } = await open()
      for (const [id, dataset] of [
        ['sub_9', 'data_1'],
        ['sub_1', 'data_2'],
        ['sub_5', 'data_1'],
      ] as const)
        await add(waiting(id, { dataset, model: digest(id.at(-1)!) }))
      const ids = (found: readonly Submission[]) => found.map(({ id }) => id)
      expect(ids(await submissions.ofBenchmark('sums'))).toEqual(['sub_9', 'sub_1', 'sub_5'])
      expect(ids(await submissions.ofDataSet('data_1'))).toEqual(['sub_9', 'sub_5'])
    })
  })
}
