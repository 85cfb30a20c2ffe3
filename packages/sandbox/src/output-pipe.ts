import { execFile } from 'node:child_process'
import { chownSync, closeSync, constants, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

/** What is left of an ended job gets this long to let go of the pipe, in milliseconds. */
const LET_GO = 500

/** Reads what a job writes to a named pipe: nothing of the host's disk is writable to it, no byte past the limit is kept. */
export interface OutputPipe {
  readonly path: string
  /** Call when the job has ended: resolves with what was written. */
  finish(): Promise<Uint8Array>
}

export interface OutputPipeOptions {
  readonly maxBytes: number
  /** User who may write besides us. */
  readonly owner: number | undefined
  /** Called once when more arrives than may. */
  readonly onOverflow: () => void
}

export async function openOutputPipe(path: string, options: OutputPipeOptions): Promise<OutputPipe> {
  await promisify(execFile)('mkfifo', ['--mode', '600', path])
  if (options.owner !== undefined) chownSync(path, options.owner, options.owner)
  const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  // our own writing end keeps the pipe from ending before the job has opened it
  const holding = openSync(path, constants.O_WRONLY)
  const socket = new Socket({ fd: reading, readable: true, writable: false })
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const kept = keepUpTo(socket, options)
  return {
    path,
    finish: async () => {
      closeSync(holding)
      await Promise.race([closed, sleep(LET_GO, undefined, { ref: false })])
      socket.destroy()
      return new Uint8Array(Buffer.concat(kept))
    },
  }
}

function keepUpTo(socket: Socket, { maxBytes, onOverflow }: OutputPipeOptions): readonly Buffer[] {
  const kept: Buffer[] = []
  let room = maxBytes
  socket.on('data', (chunk: Buffer) => {
    if (room < 0) return
    room -= chunk.length
    if (room < 0) onOverflow()
    else kept.push(chunk)
  })
  return kept
}
