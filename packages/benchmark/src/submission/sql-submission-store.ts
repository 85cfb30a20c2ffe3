import type { Store } from '@dengta/store'
import { type Selectable, sql, type Transaction } from 'kysely'
import type { ModelForm } from '../model/predict-model.ts'
import type { Evaluation, Isolation, Refusal, Replay, Submission, SubmissionChange } from './submission.ts'
import { submissionErrors as errors } from './submission-errors.ts'
import type { SubmissionStore } from './submission-store.ts'
import type { SubmissionTables } from './submission-tables.ts'

type Tx = Transaction<SubmissionTables>

export function sqlSubmissionStore(store: Store): SubmissionStore {
  const rows = () => store.db<SubmissionTables>().selectFrom('submissions').selectAll()
  return {
    create,
    change: async (tx, id, change) => {
      await tx.updateTable('submissions').set(columnsOf(change)).where('id', '=', id).execute()
    },
    find: async (id) => {
      const row = await rows().where('id', '=', id).executeTakeFirst()
      return row && submissionOf(row)
    },
    ofBenchmark: async (benchmark) =>
      (await rows().where('benchmark', '=', benchmark).orderBy('seq').execute()).map(submissionOf),
    ofDataSet: async (dataset) =>
      (await rows().where('dataset', '=', dataset).orderBy('seq').execute()).map(submissionOf),
    spent: async (tx, { dataset, participant }) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`${dataset} ${participant}`}, 0))`.execute(tx)
      const counted = tx.selectFrom('submissions').select(({ fn }) => fn.countAll<string>().as('n'))
      const found = counted
        .where('dataset', '=', dataset)
        .where('participant', '=', participant)
        .where('counted', '=', true)
      return Number((await found.executeTakeFirstOrThrow()).n)
    },
    tally: (dataset) => tally(store, dataset),
  }
}

async function create(tx: Tx, submission: Submission): Promise<void> {
  const { dataset, participant, model } = submission
  if (submission.counted) await refuseSecond(tx, submission)
  const { id, benchmark, name, form, bytes, record } = submission
  await tx
    .insertInto('submissions')
    .values({
      ...{ id, benchmark, dataset, name, form, participant, model, bytes, record },
      scenario: submission.scenario ?? null,
      submitted_at: submission.submittedAt,
      ...columnsOf(submission),
      state: submission.state,
      counted: submission.counted,
    })
    .execute()
}

async function refuseSecond(tx: Tx, { dataset, participant, model }: Submission): Promise<void> {
  const earlier = await tx
    .selectFrom('submissions')
    .select('id')
    .where('counted', '=', true)
    .where('dataset', '=', dataset)
    .where('participant', '=', participant)
    .where('model', '=', model)
    .executeTakeFirst()
  if (earlier) throw errors.duplicate({ submission: earlier.id })
}

const JSON_PARTS = ['refusal', 'isolation', 'evaluation', 'replay'] as const

function columnsOf({ state, counted, ...parts }: SubmissionChange) {
  const given = JSON_PARTS.filter((part) => parts[part] !== undefined)
  return {
    ...(state !== undefined && { state }),
    ...(counted !== undefined && { counted }),
    ...(Object.fromEntries(given.map((part) => [part, JSON.stringify(parts[part])])) as Record<
      (typeof JSON_PARTS)[number],
      string
    >),
  }
}

async function tally(store: Store, dataset: string) {
  const row = await store
    .db<SubmissionTables>()
    .selectFrom('submissions')
    .select([
      sql<string>`count(*) filter (where state = 'scored')`.as('scored'),
      sql<string>`count(*) filter (where state = 'refused')`.as('refused'),
    ])
    .where('dataset', '=', dataset)
    .executeTakeFirstOrThrow()
  return { scored: Number(row.scored), refused: Number(row.refused) }
}

function submissionOf(row: Selectable<SubmissionTables['submissions']>): Submission {
  const { id, benchmark, dataset, name, participant, model, bytes, counted, record } = row
  return {
    ...{ id, benchmark, dataset, name, participant, model, bytes, counted, record },
    scenario: row.scenario ?? undefined,
    form: row.form as ModelForm,
    state: row.state as Submission['state'],
    submittedAt: row.submitted_at,
    refusal: (row.refusal as Refusal | null) ?? undefined,
    isolation: (row.isolation as Isolation | null) ?? undefined,
    evaluation: (row.evaluation as Evaluation | null) ?? undefined,
    replay: (row.replay as Replay | null) ?? undefined,
  }
}
