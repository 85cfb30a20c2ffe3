import { ingestErrors } from '../ingest-errors.ts'
import { CHUNK_BYTES, type EvtxFault, readChunk } from './evtx-chunk.ts'

export type { EvtxFault } from './evtx-chunk.ts'

export interface ReadEvtxOptions {
  /** Named in errors. */
  readonly file: string
  readonly onFault: (fault: EvtxFault) => void
}

const FILE_HEADER_BYTES = 4096
const SIGNATURE = Buffer.from('ElfFile\0', 'latin1')
const DIRTY = 1

/**
 * The events of a Windows event log (EVTX) as JSON lines, one buffer a chunk of 64 KiB. A damaged chunk or record is
 * reported and passed over. Throws `threat_ingest.not_evtx` where the file does not begin as one.
 */
export async function* readEvtx(
  bytes: AsyncIterable<Uint8Array>,
  { file, onFault }: ReadEvtxOptions,
): AsyncGenerator<Buffer> {
  let isDirty: boolean | undefined
  for await (const block of blocksOf(bytes)) {
    if (isDirty === undefined) {
      isDirty = readHeader(block, file)
      continue
    }
    const isCut = block.length < CHUNK_BYTES
    if (isCut) onFault('evtx_truncated')
    const lines = readChunk(isCut ? padded(block) : block, { isDirty: isDirty || isCut, onFault })
    if (lines !== '') yield Buffer.from(lines)
  }
  if (isDirty === undefined) throw ingestErrors.not_evtx({ file })
}

/** Whether the file was not closed. */
function readHeader(header: Buffer, file: string): boolean {
  if (header.length < 128 || !SIGNATURE.equals(header.subarray(0, 8))) throw ingestErrors.not_evtx({ file })
  return (header.readUInt32LE(120) & DIRTY) !== 0
}

/** What is there of the last chunk of a file that was cut. */
function padded(block: Buffer): Buffer {
  return Buffer.concat([block, Buffer.alloc(CHUNK_BYTES - block.length)])
}

/** The header, then chunk after chunk; the last block may be shorter. */
async function* blocksOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let wanted = FILE_HEADER_BYTES
  for await (const piece of bytes) {
    held.push(piece)
    heldBytes += piece.length
    if (heldBytes < wanted) continue
    const joined = Buffer.concat(held)
    let at = 0
    for (; at + wanted <= joined.length; wanted = CHUNK_BYTES) {
      yield joined.subarray(at, at + wanted)
      at += wanted
    }
    held = [joined.subarray(at)]
    heldBytes = joined.length - at
  }
  if (heldBytes > 0) yield Buffer.concat(held)
}
