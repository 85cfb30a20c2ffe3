import { type FileHandle, open } from 'node:fs/promises'
import { FRAME_HEAD, type FrameHead, type FrameNote, readFrameHead, readFrameNote } from './frame.ts'

/** A frame that is whole and in its place. */
export interface JournalFrame extends FrameHead {
  readonly note: FrameNote
  readonly lines: Buffer
  /** Offset behind it in its file. */
  readonly end: number
}

/**
 * The whole frames of a segment, in order. Ends at the first frame that is torn, missing, or left over from an earlier
 * use of the file: such a one has another sequence.
 */
export async function* readSegment(path: string): AsyncGenerator<JournalFrame> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    let expected: number | undefined
    for (let at = 0; ; ) {
      const frame = await readFrame(file, at, size)
      if (!frame || (expected !== undefined && (frame.sequence !== expected || 'table' in frame.note))) return
      if (expected === undefined && !('table' in frame.note)) return
      expected = 'table' in frame.note ? frame.sequence : frame.sequence + 1
      yield frame
      at = frame.end
    }
  } finally {
    await file.close()
  }
}

async function readFrame(file: FileHandle, at: number, size: number): Promise<JournalFrame | undefined> {
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
