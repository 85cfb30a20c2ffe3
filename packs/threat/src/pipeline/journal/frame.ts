import { crc32 } from 'node:zlib'
import type { StreamMark } from '../../ingest/source.ts'
import type { BatchPart } from '../batch.ts'

/** Bytes in front of each frame: magic, CRC-32, length of the description, length of the lines, sequence, time. */
export const FRAME_HEAD = 32
const MAGIC = 0x314a5444
const MAX_FRAME = 2 ** 31

/** Begins every segment: who the journal is, and how far its streams had come. */
export interface SegmentTable {
  readonly journal: string
  readonly segment: number
  readonly streams: readonly (readonly [name: string, mark: StreamMark])[]
}

/** What a frame says about the lines in it; of a journal from before there was damage to find without the first two. */
export interface BatchNote {
  readonly journal?: string
  /** The last batch that was on the disk when this frame was written: one up to it that is broken now was whole. */
  readonly durable?: number
  readonly lines: number
  readonly parts: readonly BatchPart[]
}

export type FrameNote = { readonly table: SegmentTable } | BatchNote

/**
 * How the note of a batch begins: by it frames are found where the way to them is broken. No sender knows the name of a
 * journal, so none can send a line that is taken for a frame. Where the name is lost, how notes of any journal begin.
 */
export const noteStart = (journal = ''): Buffer => Buffer.from(`{"journal":"${journal}`)

export interface FrameHead {
  /** Of a table: the sequence of the first batch behind it. */
  readonly sequence: number
  readonly receivedMs: number
  readonly noteBytes: number
  readonly lineBytes: number
}

/** The bytes in front of the lines, with the check sum over note and lines. CRC-32 of zlib: Node has it in native code. */
export function frameStart(sequence: number, receivedMs: number, note: FrameNote, lines: Uint8Array): Buffer {
  const text = Buffer.from(JSON.stringify(note))
  const start = Buffer.allocUnsafe(FRAME_HEAD + text.length)
  start.writeUInt32LE(MAGIC, 0)
  start.writeUInt32LE(text.length, 8)
  start.writeUInt32LE(lines.length, 12)
  start.writeDoubleLE(sequence, 16)
  start.writeDoubleLE(receivedMs, 24)
  text.copy(start, FRAME_HEAD)
  start.writeUInt32LE(crc32(lines, crc32(start.subarray(8))), 4)
  return start
}

/** Undefined where no frame begins. */
export function readFrameHead(bytes: Buffer): FrameHead | undefined {
  if (bytes.length < FRAME_HEAD || bytes.readUInt32LE(0) !== MAGIC) return undefined
  const noteBytes = bytes.readUInt32LE(8)
  const lineBytes = bytes.readUInt32LE(12)
  if (noteBytes + lineBytes > MAX_FRAME) return undefined
  return { noteBytes, lineBytes, sequence: bytes.readDoubleLE(16), receivedMs: bytes.readDoubleLE(24) }
}

/** The note of a whole frame, or undefined where its check sum is wrong. */
export function readFrameNote(frame: Buffer, { noteBytes }: FrameHead): FrameNote | undefined {
  if (crc32(frame.subarray(8)) !== frame.readUInt32LE(4)) return undefined
  return JSON.parse(frame.toString('utf8', FRAME_HEAD, FRAME_HEAD + noteBytes)) as FrameNote
}
