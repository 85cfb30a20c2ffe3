import { crc32 } from 'node:zlib'
import type { Store } from '@dengta/store'
import type { Transaction } from 'kysely'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'
import type { SinkStep } from '../../pipeline/sink/alert-sink.ts'
import type { ThreatTables } from '../tables.ts'
import { SqlAlertSink } from './sql-alert-sink.ts'

// What the kill test of the sink writes and checks: steps whose every byte follows from their number, one row for each,
// and as state of the stages the check sum of all steps so far.

export const WRITTEN_FLOW = 'written'

/** What the process is started with, as JSON. */
export interface SinkWriterConfig {
  readonly home: string
  /** A PostgreSQL instead of the embedded database. */
  readonly databaseUrl?: string
  /** Dies by itself at this transaction, counted from 1: before it is committed or after. */
  readonly die?: { readonly at: number; readonly when: 'before' | 'after' }
  /** Bytes of each event. */
  readonly eventBytes: number
  readonly fileBytes: number
}

export function writtenStep(position: number, eventBytes: number): SinkStep {
  const rule = { id: 'r', title: 'T', level: 'low', version: '', author: 'A', licence: 'L', link: '', tags: [] }
  const alerts = Array.from({ length: 1 + (position % 3) }, (_, line): PipelineAlert => {
    const place = { file: 's', line, logSource: {}, matched: [], sequence: position, receivedMs: position, eventMs: 1 }
    return { id: `${position}-${line}`, rule, ...place, event: { text: `${position} `.repeat(eventBytes / 4) } }
  })
  return { position, timeMs: position * 1000, alerts, findings: [] }
}

export const sumWith = (sum: number, { position, alerts }: SinkStep): number =>
  crc32(JSON.stringify([position, alerts]), sum)

/** One row a step. */
async function project(tx: Transaction<ThreatTables>, { position }: SinkStep): Promise<void> {
  await tx
    .insertInto('threat_credits')
    .values({ digest: String(position), body: '' })
    .execute()
}

export const openWritten = (store: Store, fileBytes: number): Promise<SqlAlertSink> =>
  SqlAlertSink.open(store, { flow: WRITTEN_FLOW, project, fileBytes })

/** The check sum that the stages of a restart come to; throws where it, or the rows, are not those of the position. */
export async function restoredSum(store: Store, sink: SqlAlertSink, eventBytes: number): Promise<number> {
  const checkpoint = await sink.loadCheckpoint()
  let sum = checkpoint ? Number(Buffer.from(checkpoint.state).toString()) : 0
  for await (const step of sink.replay(checkpoint?.position ?? 0)) sum = sumWith(sum, step)
  let expected = 0
  for (let at = 1; at <= sink.position; at += 1) expected = sumWith(expected, writtenStep(at, eventBytes))
  if (sum !== expected) throw new Error(`at ${sink.position} the steps come to ${sum}, not ${expected}`)
  const rows = await store.db<ThreatTables>().selectFrom('threat_credits').select('digest').execute()
  const numbers = rows.map(({ digest }) => Number(digest)).sort((a, b) => a - b)
  if (numbers.length !== sink.position || numbers.some((number, i) => number !== i + 1))
    throw new Error(`at ${sink.position} there are rows of ${numbers}`)
  return sum
}

/** A store that ends this process at a transaction. */
export function dyingStore(store: Store, { at, when }: NonNullable<SinkWriterConfig['die']>): Store {
  let count = 0
  const die = () => process.kill(process.pid, 'SIGKILL')
  return {
    ...store,
    transaction: async (work) => {
      count += 1
      const isLast = count === at
      const result = await store.transaction<never, unknown>(async (tx) => {
        const done = await work(tx as never)
        if (isLast && when === 'before') die()
        return done
      })
      if (isLast) die()
      return result as never
    },
  }
}
