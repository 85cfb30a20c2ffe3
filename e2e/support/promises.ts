import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  appendNodes,
  decodeEntryBundle,
  type HashAt,
  leafHash,
  parseCheckpoint,
  parseNote,
  rootFrom,
  TILE_WIDTH,
  tilePath,
} from '@dengta/evidence'
import { hex } from '@dengta/kernel'
import type { Client } from '@dengta/sdk'

/** Everything that a server has acknowledged, as a client remembers it. */
export interface Promised {
  /** Place in the log by id; undefined where the kill came before it was asked for. */
  readonly records: Map<string, number | undefined>
  readonly submissions: Map<string, string>
  /** Root by size of every checkpoint that was handed out. */
  readonly checkpoints: Map<number, string>
}

export function nothingPromised(): Promised {
  return { records: new Map(), submissions: new Map(), checkpoints: new Map() }
}

/** Remembers a checkpoint; two roots for one size are a fork at once. */
export function rememberCheckpoint(promised: Promised, note: string): void {
  const { size, root } = parseCheckpoint(parseNote(note).text)
  const known = promised.checkpoints.get(size)
  if (known && known !== hex(root)) throw new Error(`the log forked at size ${size}`)
  promised.checkpoints.set(size, hex(root))
}

export interface KeptReport {
  readonly lost: readonly string[]
  readonly logSize: number
}

/** Holds a server that came back against everything that was promised before. */
export async function checkPromises(
  promised: Promised,
  { client, address, home }: { client: Client; address: string; home: string },
): Promise<KeptReport> {
  const lost: string[] = []
  const indexes = await recordIndexes(client)
  for (const [id, index] of promised.records) {
    const found = indexes.get(id)
    if (found === undefined || found !== (index ?? found)) lost.push(`record ${id} at ${index}`)
  }
  for (const [id, model] of promised.submissions) {
    const view = await client.getSubmission(id).catch(() => undefined)
    if (view?.model !== model) lost.push(`submission ${id}`)
    if (!(await blobStands(home, model))) lost.push(`blob ${model}`)
  }
  const leaves = await fetchLeaves(address, indexes.size)
  const roots = rootsBySize(leaves)
  for (const [size, root] of promised.checkpoints) if (roots[size] !== root) lost.push(`checkpoint of size ${size}`)
  return { lost, logSize: indexes.size }
}

async function recordIndexes(client: Client): Promise<Map<string, number>> {
  const indexes = new Map<string, number>()
  for (let from: number | undefined = 0; from !== undefined; ) {
    const page: Awaited<ReturnType<Client['listRecords']>> = await client.listRecords({ from, limit: 1000 })
    for (const record of page.records) indexes.set(record.id, record.index)
    from = page.next
  }
  return indexes
}

async function blobStands(home: string, digest: string): Promise<boolean> {
  const bytes = await readFile(join(home, 'blobs', digest.slice(0, 2), digest.slice(2))).catch(() => undefined)
  return bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === digest
}

/** The leaves of the whole log, read as any monitor would: from the entry tiles. */
async function fetchLeaves(address: string, size: number): Promise<Uint8Array[]> {
  const leaves: Uint8Array[] = []
  for (let index = 0; leaves.length < size; index += 1) {
    const width = Math.min(TILE_WIDTH, size - leaves.length)
    const answer = await fetch(`${address}/log/${tilePath({ level: 'entries', index, width })}`)
    if (!answer.ok) throw new Error(`entry tile ${index} of width ${width}: ${answer.status}`)
    leaves.push(...decodeEntryBundle(new Uint8Array(await answer.arrayBuffer())))
  }
  return leaves.map(leafHash)
}

function rootsBySize(leaves: readonly Uint8Array[]): string[] {
  const nodes = new Map<string, Uint8Array>()
  const hashAt: HashAt = (level, index) => nodes.get(`${level}/${index}`) ?? new Uint8Array()
  return Array.from({ length: leaves.length + 1 }, (_, size) => {
    const root = hex(rootFrom(size, hashAt))
    const leaf = leaves[size]
    if (leaf) for (const node of appendNodes(size, leaf, hashAt)) nodes.set(`${node.level}/${node.index}`, node.hash)
    return root
  })
}
