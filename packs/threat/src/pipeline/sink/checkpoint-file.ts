import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { fsyncFolder } from '@dengta/store'
import { pipelineErrors } from '../pipeline-errors.ts'
import { Turns } from '../turns.ts'
import { writeWhole } from '../write-whole.ts'
import type { AlertSink, StageCheckpoint } from './alert-sink.ts'

const NAME = 'stages.state'
const SLICE_BYTES = 2 ** 20
const MOST_HEAD_BYTES = 4096
const LINE_END = 10

/** The first line of the file, as JSON; the state follows it. */
interface Head {
  readonly position: number
  readonly bytes: number
  /** CRC-32 of the position, as text, and the state. */
  readonly crc: number
}

/** Keeps the state of the stages in a folder; the one before it stays until this one is whole and on the disk. */
export async function saveCheckpointFile(
  folder: string,
  { position, state }: Parameters<AlertSink['saveCheckpoint']>[0],
): Promise<void> {
  const path = join(folder, NAME)
  const checkpoint: Head = { position, ...(await sumOf(position, state)) }
  await writeWhole(`${path}.new`, [Buffer.from(`${JSON.stringify({ checkpoint })}\n`), ...state])
  await rename(`${path}.new`, path)
  await fsyncFolder(folder)
}

/** The state last saved; undefined where there is none. Throws `threat_pipeline.checkpoint_damaged`. */
export async function loadCheckpointFile(folder: string): Promise<StageCheckpoint | undefined> {
  const path = join(folder, NAME)
  const whole = await unlessAbsent(() => readFile(path))
  if (!whole) return undefined
  const { position, bytes, crc } = headOf(whole, path)
  const state = whole.subarray(whole.indexOf(LINE_END) + 1)
  if (state.length !== bytes || crc32(state, crc32(String(position))) !== crc)
    throw pipelineErrors.checkpoint_damaged({ file: path })
  return { position, state }
}

/** Its position, without reading the state; 0 where there is none. Throws `threat_pipeline.checkpoint_damaged`. */
export async function checkpointFilePosition(folder: string): Promise<number> {
  const path = join(folder, NAME)
  const file = await unlessAbsent(() => open(path, 'r'))
  if (!file) return 0
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_HEAD_BYTES), 0, MOST_HEAD_BYTES, 0)
    return headOf(buffer.subarray(0, bytesRead), path).position
  } finally {
    await file.close()
  }
}

function headOf(bytes: Buffer, file: string): Head {
  try {
    const { checkpoint } = JSON.parse(bytes.toString('utf8', 0, bytes.indexOf(LINE_END))) as { checkpoint: Head }
    if (Number.isSafeInteger(checkpoint.position)) return checkpoint
  } catch (error) {
    throw pipelineErrors.checkpoint_damaged({ file }, error)
  }
  throw pipelineErrors.checkpoint_damaged({ file })
}

/** In turns: a state may have a hundred megabytes. */
async function sumOf(position: number, state: readonly Uint8Array[]): Promise<Pick<Head, 'bytes' | 'crc'>> {
  const turns = new Turns()
  let bytes = 0
  let crc = crc32(String(position))
  for (const piece of state) {
    for (let from = 0; from < piece.length; from += SLICE_BYTES) {
      if (turns.areOver) await turns.next()
      crc = crc32(piece.subarray(from, from + SLICE_BYTES), crc)
    }
    bytes += piece.length
  }
  return { bytes, crc }
}

async function unlessAbsent<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
