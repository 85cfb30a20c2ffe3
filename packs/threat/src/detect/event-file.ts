import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import { withoutMark } from '../ingest/byte-order-mark.ts'
import { type EvtxFault, readEvtx } from '../ingest/evtx/read-evtx.ts'
import { type LogTextFault, readLogText } from '../ingest/syslog/read-log-text.ts'
import { unzstd } from '../ingest/zstd/unzstd.ts'

/** What can be wrong with a part of a file that is passed over. */
export type FileFault = EvtxFault | LogTextFault

const CHUNK = 2 ** 20
const PACKED = /\.(gz|br|zst)$/i
const EVENT_FILE = /\.(?:ndjson|jsonl|json|log|evtx)(?:\.(?:gz|br|zst))?$/i
const NDJSON = /\.(?:ndjson|jsonl|json)$/i

/** Whether a file of this name is read when its folder is. */
export const isEventFile = (name: string): boolean => EVENT_FILE.test(name)

/** Whether positions in its lines are not positions in the file. */
export const isConverted = (name: string): boolean => PACKED.test(name) || !NDJSON.test(name)

export interface ReadEventFileOptions {
  readonly onFault?: (fault: FileFault) => void
  /** The file goes on: what is unfinished at its end is left for the next time. */
  readonly isGrowing?: boolean
}

/**
 * The events of a file as JSON lines, `-` for standard input. Unpacks .gz, .br and .zst on the way; reads .evtx, and logs
 * as text (syslog, auditd) where the first line is no JSON. Errors of file and packing are thrown while reading.
 */
export function readEventFile(
  path: string,
  { onFault = () => undefined, isGrowing = false }: ReadEventFileOptions = {},
): AsyncIterable<Uint8Array> {
  if (path === '-') return withoutMark(process.stdin)
  const bytes = unpacked(path)
  const name = path.replace(PACKED, '')
  if (/\.evtx$/i.test(name)) return readEvtx(bytes, { file: path, onFault })
  const text = withoutMark(bytes)
  return NDJSON.test(name) ? text : readLogText(text, { onFault, isGrowing })
}

function unpacked(path: string): AsyncIterable<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: CHUNK })
  const packing = PACKED.exec(path)?.[1]?.toLowerCase()
  if (packing === undefined) return file
  if (packing === 'zst') return unzstd(file, { file: path })
  const unpack = packing === 'gz' ? createGunzip({ chunkSize: CHUNK }) : createBrotliDecompress({ chunkSize: CHUNK })
  // the error also reaches the reader of the last stream, which is where it is handled
  return pipeline(file, unpack, () => undefined)
}
