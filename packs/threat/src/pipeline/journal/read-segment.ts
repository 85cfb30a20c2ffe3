import { type FileHandle, open } from 'node:fs/promises'
import {
  FRAME_HEAD,
  type FrameHead,
  type FrameNote,
  noteStart,
  readFrameHead,
  readFrameNote,
  type SegmentTable,
} from './frame.ts'

/** Bytes searched in one step for a frame behind a broken one. */
const CHUNK_BYTES = 4 * 2 ** 20

/** A frame that is whole and in its place. */
export interface JournalFrame extends FrameHead {
  readonly note: FrameNote
  readonly lines: Buffer
  /** Offset behind it in its file. */
  readonly end: number
}

/** Bytes that are broken now and were on the disk once, as what stands behind them proves. */
export interface DamagedPart {
  readonly path: string
  readonly from: number
  readonly to: number
  /** The batches that stood there, up to the one before `next`; none where only the head of the file is broken. */
  readonly sequence: number
  readonly next: number
}

/** The head of a segment; undefined where none is whole. */
export async function readHead(path: string): Promise<{ sequence: number; table: SegmentTable } | undefined> {
  const file = await open(path, 'r')
  try {
    const frame = await readFrame({ file, path, size: (await file.stat()).size }, 0)
    return frame && 'table' in frame.note ? { sequence: frame.sequence, table: frame.note.table } : undefined
  } finally {
    await file.close()
  }
}

/** What is known of a segment before it is read. */
export interface SegmentPlace {
  /** The first batch that it may hold; its own head counts for more. */
  readonly sequence: number
  readonly journal: string | undefined
  /** The first batch of the segment behind it, which was begun only when this one was on the disk. */
  readonly until: number | undefined
}

/**
 * The whole frames of a segment in order, and the damage between them. Ends at the first frame that is torn, missing, or
 * left over from an earlier use of the file, where nothing behind it was written later.
 */
export async function* readSegment(path: string, place: SegmentPlace): AsyncGenerator<JournalFrame | DamagedPart> {
  const file = await open(path, 'r')
  try {
    const segment = { file, path, size: (await file.stat()).size }
    let { sequence } = place
    for (let [at, isHead] = [0, true]; ; isHead = false) {
      const found =
        (await nextFrame(segment, at, isHead ? 'head' : sequence)) ??
        (await damageAt(segment, at, { ...place, sequence }))
      if (!found) return
      yield found
      if ('to' in found) [at, sequence] = [found.to, found.next]
      else [at, sequence] = [found.end, 'table' in found.note ? found.sequence : found.sequence + 1]
    }
  } finally {
    await file.close()
  }
}

interface OpenSegment {
  readonly file: FileHandle
  readonly path: string
  readonly size: number
}

/** The frame that belongs here: the head of the file, or the batch of this number. */
async function nextFrame(segment: OpenSegment, at: number, wanted: number | 'head'): Promise<JournalFrame | undefined> {
  const frame = await readFrame(segment, at)
  if (!frame) return undefined
  return ('table' in frame.note ? wanted === 'head' : frame.sequence === wanted) ? frame : undefined
}

/** Undefined where no later frame says that what stood here was on the disk before it: then it is a torn tail. */
async function damageAt(segment: OpenSegment, from: number, place: SegmentPlace): Promise<DamagedPart | undefined> {
  const { sequence, until } = place
  const { path, size } = segment
  let first: { at: number; sequence: number } | undefined
  let end = size
  for await (const [at, frame] of framesBehind(segment, from, place.journal)) {
    if ('table' in frame.note) continue
    if (frame.sequence < sequence && from > 0) {
      end = at // left over from an earlier use, as is all behind it
      break
    }
    first ??= { at, sequence: frame.sequence }
    if (frame.sequence < sequence) continue // behind a broken head: processed, or left over where nothing newer follows
    const isProof = from === 0 || until !== undefined || (frame.note.durable ?? 0) >= sequence
    if (isProof) return { path, from, to: first.at, sequence: Math.min(sequence, first.sequence), next: first.sequence }
  }
  return until !== undefined && sequence < until ? { path, from, to: end, sequence, next: until } : undefined
}

/** Whole frames that begin behind an offset, wherever they begin. */
async function* framesBehind(
  segment: OpenSegment,
  from: number,
  journal: string | undefined,
): AsyncGenerator<readonly [at: number, JournalFrame]> {
  const start = noteStart(journal)
  for (let at = from; at < segment.size; at += CHUNK_BYTES) {
    const length = Math.min(CHUNK_BYTES + FRAME_HEAD + start.length - 1, segment.size - at)
    const bytes = await readBytes(segment.file, at, length)
    for (let note = bytes.indexOf(start, FRAME_HEAD); note >= 0; note = bytes.indexOf(start, note + 1)) {
      const frame = await readFrame(segment, at + note - FRAME_HEAD)
      if (frame) yield [at + note - FRAME_HEAD, frame]
    }
  }
}

async function readFrame({ file, size }: OpenSegment, at: number): Promise<JournalFrame | undefined> {
  const head = readFrameHead(await readBytes(file, at, Math.min(FRAME_HEAD, size - at)))
  if (!head) return undefined
  const length = FRAME_HEAD + head.noteBytes + head.lineBytes
  if (at + length > size) return undefined
  const bytes = await readBytes(file, at, length)
  const note = readFrameNote(bytes, head)
  return note && { ...head, note, lines: bytes.subarray(FRAME_HEAD + head.noteBytes), end: at + length }
}

async function readBytes(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, length))
  const { bytesRead } = await file.read(bytes, 0, bytes.length, at)
  return bytes.subarray(0, bytesRead)
}
