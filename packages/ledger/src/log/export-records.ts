import { setTimeout as sleep } from 'node:timers/promises'
import {
  type ExportedRecord,
  type ExportFile,
  hashesAt,
  inclusionNodes,
  inclusionProof,
  type LoggedRecord,
  type NodeAt,
  type TrustRoot,
} from '@dengta/evidence'
import { base64 } from '@dengta/kernel'
import type { Kysely } from 'kysely'
import { ledgerErrors } from '../errors.ts'
import { type Cosigned, coveringCheckpoint, currentHead } from './read-log-head.ts'
import { readIntroductions, readNodes, readRecordsById } from './sql-log-store.ts'
import type { LogTables } from './tables.ts'

export interface ExportOptions {
  readonly title: string
  readonly ids: readonly string[]
  readonly trust: TrustRoot
  /** How long to wait for witnesses, in milliseconds. */
  readonly waitMs: number
}

const POLL_MS = 25

/**
 * The records with the introductions of all who signed them, proven against one checkpoint.
 * Without enough cosignatures in time the checkpoint is the bare one of the log, and verification says so.
 */
export async function exportRecords(log: Cosigned, { title, ids, trust, waitMs }: ExportOptions): Promise<ExportFile> {
  const records = await withIntroductions(log.db, await readAsked(log.db, ids))
  const size = (records.at(-1)?.index ?? 0) + 1
  const cover = (await waitForCover(log, size, waitMs)) ?? (await currentHead(log))
  return {
    format: 'dengta-export/v1',
    title,
    checkpoint: cover.checkpoint,
    trust,
    records: await prove(log.db, records, cover.size),
  }
}

async function readAsked(db: Kysely<LogTables>, ids: readonly string[]): Promise<readonly LoggedRecord[]> {
  if (ids.length === 0) throw ledgerErrors.nothing_to_export()
  const records = await readRecordsById(db, ids)
  const found = new Set(records.map((record) => record.id))
  const missing = ids.find((id) => !found.has(id))
  if (missing !== undefined) throw ledgerErrors.record_missing({ id: missing })
  return records
}

/** Adds the records that state the keys of all who signed, and of those who signed these in turn. */
async function withIntroductions(
  db: Kysely<LogTables>,
  records: readonly LoggedRecord[],
): Promise<readonly LoggedRecord[]> {
  const all = new Map(records.map((record) => [record.index, record]))
  const asked = new Set<string>()
  for (let actors = actorsOf(all.values(), asked); actors.length > 0; actors = actorsOf(all.values(), asked)) {
    for (const actor of actors) asked.add(actor)
    for (const record of await readIntroductions(db, actors)) all.set(record.index, record)
  }
  return [...all.values()].sort((a, b) => a.index - b.index)
}

function actorsOf(records: Iterable<LoggedRecord>, without: ReadonlySet<string>): readonly string[] {
  const actors = new Set([...records].map((record) => record.statement.predicate.actor))
  return [...actors].filter((actor) => !without.has(actor))
}

async function waitForCover(log: Cosigned, size: number, waitMs: number): ReturnType<typeof coveringCheckpoint> {
  const deadline = performance.now() + waitMs
  let cover = await coveringCheckpoint(log, size)
  while (cover === undefined && performance.now() < deadline) {
    await sleep(POLL_MS)
    cover = await coveringCheckpoint(log, size)
  }
  return cover
}

async function prove(
  db: Kysely<LogTables>,
  records: readonly LoggedRecord[],
  size: number,
): Promise<readonly ExportedRecord[]> {
  const nodes = new Map<string, NodeAt>()
  for (const { index } of records)
    for (const node of inclusionNodes(size, index)) nodes.set(`${node.level}/${node.index}`, node)
  const hashAt = hashesAt(await readNodes(db, [...nodes.values()]))
  return records.map(({ index, envelope, key }) => {
    const proof = inclusionProof(size, index, hashAt).map(base64)
    return { index, envelope, key, proof }
  })
}
