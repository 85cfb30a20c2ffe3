import {
  encodeEntryBundle,
  hashesAt,
  logEntry,
  parseTilePath,
  type Tile,
  tileNodes,
  tileWidthAt,
} from '@dengta/evidence'
import { concatBytes } from '@dengta/kernel'
import type { Kysely } from 'kysely'
import { readHead, readNodes, readRecords } from './sql-log-store.ts'
import type { LogTables } from './tables.ts'

/** The bytes of a tile by its C2SP tlog-tiles path; undefined where the log has no such tile (yet). */
export async function readTile(db: Kysely<LogTables>, path: string): Promise<Uint8Array | undefined> {
  const tile = parseTilePath(path)
  const head = await readHead(db)
  if (tile === undefined || head === undefined || tileWidthAt(head.size, tile) < tile.width) return undefined
  return tile.level === 'entries' ? readEntries(db, tile) : readHashes(db, tile)
}

async function readEntries(db: Kysely<LogTables>, { index, width }: Tile): Promise<Uint8Array> {
  const records = await readRecords(db, { from: index * 256, limit: width })
  return encodeEntryBundle(records.map(({ envelope, key }) => logEntry(envelope, key)))
}

async function readHashes(db: Kysely<LogTables>, tile: Tile): Promise<Uint8Array> {
  const nodes = tileNodes(tile)
  const hashAt = hashesAt(await readNodes(db, nodes))
  return concatBytes(...nodes.map(({ level, index }) => hashAt(level, index)))
}
