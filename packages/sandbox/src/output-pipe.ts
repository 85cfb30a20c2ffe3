import { execFile } from 'node:child_process'
import { chownSync, closeSync, constants, openSync, readSync } from 'node:fs'
import { promisify } from 'node:util'

/** A named pipe holds 64 KB; it is emptied this often, in milliseconds. A waiting read would hold a thread of Node's pool. */
const EMPTY_EVERY = 4
const CHUNK_BYTES = 64 * 1024

/** Reads what a job writes to a named pipe: nothing of the host's disk is writable to it, no byte past the limit is kept. */
export interface OutputPipe {
  readonly path: string
  /** Call when the job has ended: takes what is left and answers with all that was written. */
  finish(): Uint8Array
  close(): void
}

export interface OutputPipeOptions {
  readonly maxBytes: number
  /** User who may write; `undefined` for our own. */
  readonly owner: number | undefined
  /** Called once when more arrives than may. */
  readonly onOverflow: () => void
}

export async function openOutputPipe(path: string, options: OutputPipeOptions): Promise<OutputPipe> {
  await promisify(execFile)('mkfifo', ['--mode', '600', path])
  if (options.owner !== undefined) chownSync(path, options.owner, options.owner)
  const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const kept: Buffer[] = []
  let room = options.maxBytes
  const empty = () => {
    for (let chunk = readChunk(reading); chunk.length > 0 && room >= 0; chunk = readChunk(reading)) {
      room -= chunk.length
      if (room >= 0) kept.push(chunk)
      else options.onOverflow()
    }
  }
  const timer = setInterval(empty, EMPTY_EVERY)
  return {
    path,
    finish: () => {
      empty()
      return new Uint8Array(Buffer.concat(kept))
    },
    close: () => {
      clearInterval(timer)
      closeSync(reading)
    },
  }
}

/** Nothing where no writer has written yet (EAGAIN) and where none is left (end of file). */
function readChunk(file: number): Buffer {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
  try {
    return chunk.subarray(0, readSync(file, chunk))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return chunk.subarray(0, 0)
    throw error
  }
}
