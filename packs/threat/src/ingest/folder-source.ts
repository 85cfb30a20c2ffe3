import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@dengta/kernel'
import { isConverted, isEventFile, readEventFile } from '../detect/event-file.ts'
import { Turns } from '../pipeline/turns.ts'
import { FaultCounter } from './fault-counter.ts'
import { LineAssembler } from './line-assembler.ts'
import type { EventSource, Intake, IntakeStream, SourceStatus } from './source.ts'

export interface FolderSourceOptions {
  /** A file, or a folder whose files (not those of its folders) are read. */
  readonly path: string
  /** Goes on looking for more, milliseconds between looks; without it, everything is read once. */
  readonly followMs?: number
}

const CHUNK = 2 ** 20

/**
 * Event files of any form, plain or packed, each a resumable stream whose position is the number of bytes of its JSON
 * lines. Packed files and those of another form are read from their beginning whenever they have become longer.
 */
export class FolderSource implements EventSource {
  readonly #options: FolderSourceOptions
  readonly #faults = new FaultCounter()
  readonly #stop = new AbortController()
  /** Sizes of converted files as last read to their end, by stream. */
  readonly #sizes = new Map<string, number>()
  #reading = 0
  #onRoom: () => void = () => undefined
  #onStop: () => void = () => undefined
  #run: Promise<void> = Promise.resolve()

  constructor(options: FolderSourceOptions) {
    this.#options = options
  }

  /** Resolves when all there was at the start is in the intake, if it does not follow. */
  get finished(): Promise<void> {
    return this.#run
  }

  /** Throws what the file system throws where the path cannot be read. */
  async start(intake: Intake): Promise<void> {
    await filesOf(this.#options.path)
    this.#run = this.#readAll(intake)
  }

  /** Waits for nothing that a disk without room would have to do first: what is not taken is read by whoever opens the folder next. */
  async stop(): Promise<void> {
    this.#stop.abort()
    this.#onRoom()
    this.#onStop()
    await this.#run
  }

  status(): SourceStatus {
    return { kind: 'files', at: this.#options.path, open: this.#reading, faults: this.#faults.counts }
  }

  async #readAll(intake: Intake): Promise<void> {
    const { path, followMs } = this.#options
    const { signal } = this.#stop
    while (!signal.aborted) {
      const seen = new Set<string>()
      for (const file of await filesOf(path).catch(() => [])) {
        if (signal.aborted) return
        await this.#read(file, { intake, seen }).catch((error: unknown) => this.#faults.add(faultOf(error)))
      }
      for (const name of this.#sizes.keys()) if (!seen.has(name)) this.#sizes.delete(name)
      if (followMs === undefined) return
      await delay(followMs, undefined, { signal }).catch(() => undefined)
    }
  }

  async #read(path: string, { intake, seen }: { intake: Intake; seen: Set<string> }): Promise<void> {
    const { ino, size } = await stat(path)
    const isPacked = isConverted(path)
    const name = `file ${path} ${ino}`
    seen.add(name)
    if (this.#sizes.get(name) === size) return
    const lane = await this.#opened(intake, name)
    if (!lane) return
    this.#reading += 1
    try {
      const from = await this.#beginAt(lane, { size, isPacked })
      if (!isPacked && from >= size) return
      await this.#copy(lane, this.#bytesOf(path, { isPacked, from }), from)
      if (isPacked) this.#sizes.set(name, size)
    } catch (error) {
      if (error instanceof AppError) this.#sizes.set(name, size) // it says the same until it has become longer
      throw error
    } finally {
      this.#reading -= 1
      lane.close()
    }
  }

  /** Undefined where it is stopped before that, as may be where what was read of the file before does not become durable. */
  #opened(intake: Intake, name: string): Promise<IntakeStream | undefined> {
    let isLeft = false
    const opened = intake.open({ name, resumable: true, onRoom: () => this.#onRoom() }).then((lane) => {
      if (isLeft) lane.close()
      return lane
    })
    return new Promise((resolve, reject) => {
      opened.then(resolve, reject)
      this.#onStop = () => {
        isLeft = true
        resolve(undefined)
      }
    })
  }

  /** A plain file that has become shorter was begun anew. */
  async #beginAt(lane: IntakeStream, { size, isPacked }: { size: number; isPacked: boolean }): Promise<number> {
    const { position } = lane.accepted
    if (isPacked || position <= size) return position
    this.#faults.add('truncated')
    return 0
  }

  async #copy(lane: IntakeStream, bytes: AsyncIterable<Buffer>, from: number): Promise<void> {
    const assembler = new LineAssembler()
    const { followMs } = this.#options
    const turns = new Turns()
    let read = from
    for await (const chunk of bytes) {
      if (this.#stop.signal.aborted) return
      if (turns.areOver) await turns.next()
      const end = read + chunk.lastIndexOf(10) + 1
      read += chunk.length
      const { pieces, lines, tooLong } = assembler.push(chunk)
      if (tooLong > 0) this.#faults.add('too_long')
      if (lines > 0 && !lane.push({ pieces, lines, position: end })) await this.#room()
    }
    if (followMs !== undefined || this.#stop.signal.aborted) return
    const { pieces, lines } = assembler.end()
    if (lines > 0) lane.push({ pieces, lines, position: read })
  }

  async #room(): Promise<void> {
    if (!this.#stop.signal.aborted) await new Promise<void>((resolve) => (this.#onRoom = resolve))
  }

  async *#bytesOf(path: string, { isPacked, from }: { isPacked: boolean; from: number }): AsyncGenerator<Buffer> {
    if (!isPacked) {
      yield* createReadStream(path, { start: from, highWaterMark: CHUNK }) as AsyncIterable<Buffer>
      return
    }
    let left = from
    const isGrowing = this.#options.followMs !== undefined
    // what lies in front of where reading goes on was counted before
    const onFault = (name: string): void => (left === 0 ? this.#faults.add(name) : undefined)
    for await (const bytes of readEventFile(path, { onFault, isGrowing })) {
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      if (chunk.length > left) yield chunk.subarray(left)
      left = Math.max(0, left - chunk.length)
    }
  }
}

/** What is wrong with the form of a file has a name, e.g. `not_evtx`. */
const faultOf = (error: unknown): string =>
  (error instanceof AppError ? error.code.split('.')[1] : undefined) ?? 'unreadable_file'

async function filesOf(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path]
  const names = (await readdir(path)).filter(isEventFile)
  return names.sort().map((name) => join(path, name))
}
