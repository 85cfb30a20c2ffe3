import {
  appendNodes,
  appendReads,
  hashesAt,
  type LoggedRecord,
  leafHash,
  logEntry,
  makeStatement,
  type NodeAt,
  type Predicate,
  type RecordKind,
  recordIdOf,
  rootFrom,
  rootNodes,
  type StoredNode,
  signCheckpoint,
  signEnvelope,
} from '@dengta/evidence'
import type { Signer } from '@dengta/kernel'
import type { Transaction } from 'kysely'
import { ledgerErrors } from '../errors.ts'
import type { NewRecord } from '../ledger.ts'
import {
  insertNodes,
  insertRecord,
  lockHead,
  presentIds,
  readNodes,
  type StoredHead,
  writeHead,
} from './sql-log-store.ts'
import type { LogTables } from './tables.ts'

export interface AppendOptions {
  readonly origin: string
  readonly log: Signer
  /** The key of the record's actor. */
  readonly actor: Signer
  readonly now: () => Date
}

/** Signs a fact and appends it, inside the act's transaction: record, tree nodes and signed head, all or nothing. */
export async function appendRecord<K extends RecordKind>(
  tx: Transaction<LogTables>,
  fact: NewRecord<K>,
  options: AppendOptions,
): Promise<LoggedRecord<K>> {
  const head = await lockHead(tx)
  const record = signRecord(fact, head.size, options)
  await checkIds(tx, record)
  const nodes = await grownBy(tx, head.size, record)
  await insertRecord(tx, record)
  await insertNodes(tx, nodes.added)
  await writeHead(tx, nextHead(head.size + 1, nodes.known, options))
  return record
}

function signRecord<K extends RecordKind>(fact: NewRecord<K>, index: number, options: AppendOptions): LoggedRecord<K> {
  const stated = { ...fact.predicate, at: options.now().toISOString(), actor: fact.actor }
  const statement = makeStatement(fact.kind, fact.subjects, stated as unknown as Predicate<K>)
  const envelope = signEnvelope(statement, options.actor)
  return { id: recordIdOf(envelope), index, kind: fact.kind, envelope, key: options.actor.publicKey, statement }
}

async function checkIds(tx: Transaction<LogTables>, { id, statement }: LoggedRecord): Promise<void> {
  const { basis } = statement.predicate
  const present = await presentIds(tx, [id, ...basis])
  const missing = basis.find((one) => !present.has(one))
  if (missing !== undefined) throw ledgerErrors.basis_missing({ id: missing })
  if (present.has(id)) throw ledgerErrors.duplicate({ id })
}

interface Growth {
  readonly added: readonly StoredNode[]
  /** All nodes that the new root is made of, and more. */
  readonly known: readonly StoredNode[]
}

async function grownBy(tx: Transaction<LogTables>, size: number, record: LoggedRecord): Promise<Growth> {
  const reads = await readNodes(tx, distinct([...appendReads(size), ...rootNodes(size)]))
  const added = appendNodes(size, leafHash(logEntry(record.envelope, record.key)), hashesAt(reads))
  return { added, known: [...reads, ...added] }
}

function nextHead(size: number, nodes: readonly StoredNode[], { origin, log }: AppendOptions): StoredHead {
  const root = rootFrom(size, hashesAt(nodes))
  return { size, root, checkpoint: signCheckpoint({ origin, size, root }, log) }
}

function distinct(nodes: readonly NodeAt[]): readonly NodeAt[] {
  return [...new Map(nodes.map((node) => [`${node.level}/${node.index}`, node])).values()]
}
