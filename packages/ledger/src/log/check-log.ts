import {
  appendNodes,
  hashesAt,
  leafHash,
  logEntry,
  openCheckpoint,
  rootFrom,
  rootNodes,
  type StoredNode,
  type TrustRoot,
} from '@dengta/evidence'
import { equalBytes } from '@dengta/kernel'
import type { Kysely } from 'kysely'
import { ledgerErrors } from '../errors.ts'
import { countRows, readHead, readNodes, readRecords, type StoredHead } from './sql-log-store.ts'
import type { LogTables } from './tables.ts'

const PAGE = 2000

/**
 * Rebuilds the tree from the stored records and compares every node, the root and the signed head.
 * Throws `ledger.damaged` on the first difference.
 */
export async function checkLog(db: Kysely<LogTables>, trust: TrustRoot): Promise<void> {
  const head = await readHead(db)
  if (head === undefined) throw damaged('the head of the log is gone')
  checkHead(head, trust)
  await checkCounts(db, head.size)
  const known = await checkNodes(db, head.size)
  if (!equalBytes(rootFrom(head.size, hashesAt(known)), head.root)) throw damaged('the records do not lead to the root')
}

const damaged = (what: string, cause?: unknown) => ledgerErrors.damaged({ what }, cause)

function checkHead(head: StoredHead, trust: TrustRoot): void {
  let signed: ReturnType<typeof openCheckpoint>
  try {
    signed = openCheckpoint(head.checkpoint, trust)
  } catch (cause) {
    throw damaged('the signed head does not verify under the key and origin of this log', cause)
  }
  if (signed.size !== head.size || !equalBytes(signed.root, head.root))
    throw damaged(`the signed head says ${signed.size} records, the table says ${head.size}`)
}

async function checkCounts(db: Kysely<LogTables>, size: number): Promise<void> {
  const records = await countRows(db, 'log_records')
  if (records !== size) throw damaged(`there are ${records} records, the head says ${size}`)
  const nodes = await countRows(db, 'log_nodes')
  const expected = 2 * size - rootNodes(size).length
  if (nodes !== expected) throw damaged(`there are ${nodes} tree nodes, ${size} records make ${expected}`)
}

/** Returns the nodes of the right edge, which the root is made of. */
async function checkNodes(db: Kysely<LogTables>, size: number): Promise<readonly StoredNode[]> {
  let edge: readonly StoredNode[] = []
  for (let from = 0; from < size; from += PAGE) edge = await checkPage(db, from, edge)
  return edge
}

async function checkPage(
  db: Kysely<LogTables>,
  from: number,
  edge: readonly StoredNode[],
): Promise<readonly StoredNode[]> {
  const page = await readRecords(db, { from, limit: PAGE })
  const rebuilt: StoredNode[] = []
  for (const [i, { index, envelope, key }] of page.entries()) {
    if (index !== from + i) throw damaged(`record ${from + i} is not where it was appended`)
    const hashAt = hashesAt(edge)
    const added = appendNodes(index, leafHash(logEntry(envelope, key)), hashAt)
    rebuilt.push(...added)
    edge = rightEdge(index + 1, [...edge, ...added])
  }
  await compareWithStored(db, rebuilt)
  return edge
}

function rightEdge(size: number, nodes: readonly StoredNode[]): readonly StoredNode[] {
  const hashAt = hashesAt(nodes)
  return rootNodes(size).map(({ level, index }) => ({ level, index, hash: hashAt(level, index) }))
}

async function compareWithStored(db: Kysely<LogTables>, rebuilt: readonly StoredNode[]): Promise<void> {
  const nodes = await readNodes(db, rebuilt)
  const stored = new Map(nodes.map(({ level, index, hash }) => [`${level}/${index}`, hash]))
  for (const { level, index, hash } of rebuilt) {
    const name = `${level}/${index}`
    if (!equalBytes(stored.get(name) ?? new Uint8Array(), hash))
      throw damaged(`node ${name} of the tree does not follow from the records`)
  }
}
