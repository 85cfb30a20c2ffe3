import { crc32 } from 'node:zlib'
import { BinaryXmlReader } from './binary-xml-reader.ts'
import { Budget } from './budget.ts'
import { windowsEvent } from './windows-event.ts'
import { fillIn } from './xml-node.ts'

export const CHUNK_BYTES = 65_536
const HEADER_BYTES = 512
const SIGNATURE = Buffer.from('ElfChnk\0', 'latin1')
/** `**` and two zeros. */
const RECORD = 0x2a2a
const RECORD_HEAD = 24
const MIN_RECORD = RECORD_HEAD + 4
const NO_CHECKSUMS = 4

/** What can be wrong with a part of an EVTX file; it is passed over and the next part read. */
export type EvtxFault = 'evtx_truncated' | 'evtx_chunk' | 'evtx_checksum' | 'evtx_unsealed' | 'evtx_record'

export interface ChunkOptions {
  /** The file was not closed: check sums and the end of the records may be those of before. */
  readonly isDirty: boolean
  readonly onFault: (fault: EvtxFault) => void
}

/** JSON lines of the events of one chunk, in their order. Faults are reported and never thrown. */
export function readChunk(chunk: Buffer, { isDirty, onFault }: ChunkOptions): string {
  if (!SIGNATURE.equals(chunk.subarray(0, 8))) {
    if (chunk.readBigUInt64LE(0) !== 0n) onFault('evtx_chunk')
    return ''
  }
  const isSealed = isIntact(chunk)
  if (!isSealed) onFault(isDirty ? 'evtx_unsealed' : 'evtx_checksum')
  if (!isSealed && !isDirty) return ''
  return readRecords(chunk, isSealed ? chunk.readUInt32LE(48) : chunk.length, { isDirty, onFault })
}

/** Both check sums: of the header without itself, and of the records. */
function isIntact(chunk: Buffer): boolean {
  const end = chunk.readUInt32LE(48)
  if (chunk.length < CHUNK_BYTES || end < HEADER_BYTES || end > chunk.length) return false
  if ((chunk.readUInt32LE(120) & NO_CHECKSUMS) !== 0) return true
  const head = crc32(chunk.subarray(128, HEADER_BYTES), crc32(chunk.subarray(0, 120)))
  return head === chunk.readUInt32LE(124) && crc32(chunk.subarray(HEADER_BYTES, end)) === chunk.readUInt32LE(52)
}

function readRecords(chunk: Buffer, end: number, { isDirty, onFault }: ChunkOptions): string {
  const budget = new Budget()
  const kit = { chunk, reader: new BinaryXmlReader(chunk, budget), budget }
  let lines = ''
  let at = HEADER_BYTES
  while (at + MIN_RECORD <= end && chunk.readUInt32LE(at) === RECORD) {
    const size = chunk.readUInt32LE(at + 4)
    if (size < MIN_RECORD || at + size > end || chunk.readUInt32LE(at + size - 4) !== size) break
    const line = readRecord(at, size, kit)
    if (line === undefined) onFault('evtx_record')
    else lines += line
    at += size
  }
  // in a file that was not closed the records simply end somewhere
  if (!isDirty && at + MIN_RECORD <= end) onFault('evtx_record')
  return lines
}

type Kit = Parameters<typeof fillIn>[1]

/** Undefined where the record is damaged: everything that reads one says so with a RangeError. */
function readRecord(at: number, size: number, kit: Kit): string | undefined {
  try {
    const content = kit.reader.read(at + RECORD_HEAD, at + size - 4, false)
    const [event] = fillIn(content, kit)
    return event && `${JSON.stringify(windowsEvent(event))}\n`
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
