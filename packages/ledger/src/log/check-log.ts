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
import { equalBytes, type Text } from '@dengta/kernel'
import type { Kysely } from 'kysely'
import { ledgerErrors } from '../errors.ts'
import { countRows, readFiled, readHead, readNodes, type StoredHead } from './sql-log-store.ts'
import type { LogTables } from './tables.ts'

const PAGE = 2000

/**
 * Rebuilds the tree from the stored records and compares every node, the root and the signed head; and every record must be found
 * by what it says, or a gate would be decided without it.
 * Throws `ledger.damaged` on the first difference.
 */
export async function checkLog(db: Kysely<LogTables>, trust: TrustRoot): Promise<void> {
  const head = await readHead(db)
  if (head === undefined) throw damaged({ en: 'the head of the log is gone', zh: '日志树头已丢失' })
  checkHead(head, trust)
  await checkCounts(db, head.size)
  const known = await checkNodes(db, head.size)
  if (!equalBytes(rootFrom(head.size, hashesAt(known)), head.root))
    throw damaged({ en: 'the records do not lead to the root', zh: '由各凭证得不到树根' })
}

const damaged = (what: Text, cause?: unknown) => ledgerErrors.damaged({ what }, cause)

function checkHead(head: StoredHead, trust: TrustRoot): void {
  let signed: ReturnType<typeof openCheckpoint>
  try {
    signed = openCheckpoint(head.checkpoint, trust)
  } catch (cause) {
    throw damaged(
      {
        en: 'the signed head does not verify under the key and origin of this log',
        zh: '签名的树头与本日志的密钥和名称不符',
      },
      cause,
    )
  }
  if (signed.size !== head.size || !equalBytes(signed.root, head.root))
    throw damaged({
      en: `the signed head says ${signed.size} records, the table says ${head.size}`,
      zh: `签名的树头记有 ${signed.size} 条凭证，而表中记为 ${head.size} 条`,
    })
}

async function checkCounts(db: Kysely<LogTables>, size: number): Promise<void> {
  const records = await countRows(db, 'log_records')
  if (records !== size)
    throw damaged({
      en: `there are ${records} records, the head says ${size}`,
      zh: `现有 ${records} 条凭证，而树头记为 ${size} 条`,
    })
  const nodes = await countRows(db, 'log_nodes')
  const expected = 2 * size - rootNodes(size).length
  if (nodes !== expected)
    throw damaged({
      en: `there are ${nodes} tree nodes, ${size} records make ${expected}`,
      zh: `现有 ${nodes} 个树节点，而 ${size} 条凭证应有 ${expected} 个`,
    })
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
  const page = await readFiled(db, { from, limit: PAGE })
  const rebuilt: StoredNode[] = []
  for (const [i, { record, isFound }] of page.entries()) {
    const { index, envelope, key } = record
    if (index !== from + i)
      throw damaged({
        en: `record ${from + i} is not where it was appended`,
        zh: `第 ${from + i} 条凭证不在追加时的位置`,
      })
    if (!isFound)
      throw damaged({
        en: `record ${index} is filed under other words than its own`,
        zh: `第 ${index} 条凭证的检索字段与其内容不符`,
      })
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
      throw damaged({
        en: `node ${name} of the tree does not follow from the records`,
        zh: `树节点 ${name} 与凭证不符`,
      })
  }
}
