import type { FileHandle } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { makeDurableFolder } from '@dengta/store'
import type { StreamMark } from '../../ingest/source.ts'
import type { Batch } from '../batch.ts'
import { pipelineErrors } from '../pipeline-errors.ts'
import { frameStart } from './frame.ts'
import { type JournalFrame, readSegment } from './read-segment.ts'
import { advance, type FoundJournal, findJournal } from './recover.ts'
import { type Segment, SegmentFiles } from './segment-files.ts'
import { writeAll } from './write-all.ts'

const SEGMENT_BYTES = 64 * 2 ** 20
const RETRY_MS = 250

export interface JournalOptions {
  readonly folder: string
  /** The last batch that needs no processing any more. */
  readonly processed: number
  /** Name of the journal, should it be a new one. */
  readonly newId: string
  readonly segmentBytes?: number
}

export interface JournalStatus {
  readonly bytes: number
  readonly segments: number
  /** Why nothing can be written at the moment. */
  readonly failing: string | undefined
}

interface Written extends Segment {
  next: number
}

interface Entry {
  readonly batch: Batch
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

/**
 * Append-only files of batches. All batches that come while one write reaches the disk share the next one. A failed write is
 * tried again, without end and at the same place: nothing is acknowledged meanwhile.
 */
export class Journal {
  readonly id: string
  readonly #files: SegmentFiles
  readonly #segmentBytes: number
  readonly #marks: Map<string, StreamMark>
  readonly #segments: Written[]
  readonly #queue: Entry[] = []
  #next: number
  #number: number
  #file: FileHandle | undefined
  #at = 0
  #writing: Promise<void> | undefined
  #retiring: Promise<void> = Promise.resolve()
  #failing: string | undefined
  #closed = false

  private constructor(found: FoundJournal, files: SegmentFiles, { newId, processed, segmentBytes }: JournalOptions) {
    this.id = found.id ?? newId
    this.#files = files
    this.#segmentBytes = segmentBytes ?? SEGMENT_BYTES
    this.#marks = new Map(found.marks)
    this.#segments = found.segments.map(({ number, path, next }) => ({ number, path, next }))
    this.#next = found.id === undefined ? processed + 1 : found.next
    this.#number = Math.max(0, ...[...found.segments, ...found.unused].map(({ number }) => number))
  }

  /** Opens the journal of a folder; cuts a torn tail. Throws where acknowledged batches are missing. */
  static async open(options: JournalOptions): Promise<Journal> {
    const { folder, processed } = options
    await makeDurableFolder(folder)
    const found = await findJournal(folder, processed)
    if (found.id !== undefined && processed >= found.next)
      throw pipelineErrors.sink_ahead({ stored: processed, have: found.next - 1 })
    const files = new SegmentFiles(folder)
    await files.findSpares()
    for (const segment of found.segments) await files.note(segment)
    for (const segment of found.unused) await files.retire(segment)
    const last = found.segments.at(-1)
    if (last) await files.cut(last, last.end)
    return new Journal(found, files, options)
  }

  /** Sequence of the next batch. */
  get next(): number {
    return this.#next
  }

  get marks(): ReadonlyMap<string, StreamMark> {
    return this.#marks
  }

  get status(): JournalStatus {
    return { bytes: this.#files.bytes, segments: this.#segments.length, failing: this.#failing }
  }

  /** Resolves when the batch is on the disk. Batches must come in the order of their sequence. */
  append(batch: Batch): Promise<void> {
    if (this.#closed) return Promise.reject(pipelineErrors.stopped())
    return new Promise((done, failed) => {
      this.#queue.push({ batch, done, failed })
      this.#writing ??= this.#write()
    })
  }

  /** Batches behind `processed`, in order, as they were found at the start. */
  async *unprocessed(processed: number): AsyncGenerator<JournalFrame> {
    for (const { path, next } of [...this.#segments]) {
      if (next <= processed + 1) continue
      for await (const frame of readSegment(path)) {
        if (!('table' in frame.note) && frame.sequence > processed) yield frame
      }
    }
  }

  /** Batches up to here are processed: segments that hold no others are given up. */
  release(processed: number): void {
    while (this.#segments.length > 1 && (this.#segments[0] as Written).next <= processed + 1) {
      const segment = this.#segments.shift() as Written
      this.#retiring = this.#retiring.then(() => this.#files.retire(segment)).catch((error) => this.#fail(error))
    }
  }

  /** Writes what is queued unless it cannot, and closes. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#writing?.catch(() => undefined)
    await this.#retiring
    await this.#file?.close()
  }

  async #write(): Promise<void> {
    await undefined // so that #writing is set before it can be unset
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0)
      try {
        await this.#writeUntilDone(group)
        for (const { done } of group) done()
      } catch (error) {
        // What stands behind a hole would not count after a restart.
        for (const { failed } of [...group, ...this.#queue.splice(0)]) failed(error)
      }
    }
    this.#writing = undefined // in the same turn as the look at the queue, or a batch could be left in it
  }

  async #writeUntilDone(group: readonly Entry[]): Promise<void> {
    for (;;) {
      try {
        await this.#writeGroup(group)
        this.#failing = undefined
        return
      } catch (error) {
        this.#fail(error)
        if (this.#closed) throw error
        await delay(RETRY_MS)
      }
    }
  }

  async #writeGroup(group: readonly Entry[]): Promise<void> {
    if (!this.#file || this.#at >= this.#segmentBytes) await this.#rotate()
    const file = this.#file as FileHandle
    const segment = this.#segments.at(-1) as Written
    const end = await writeAll(
      file,
      group.flatMap(({ batch }) => piecesOf(batch)),
      this.#at,
    )
    this.#at = end
    this.#files.wrote(segment, end)
    for (const { batch } of group) {
      for (const part of batch.parts) advance(this.#marks, part)
      this.#next = batch.sequence + 1
    }
    segment.next = this.#next
  }

  /** The full segment is on the disk already; the new one begins with the marks of all streams. */
  async #rotate(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
    const { segment, file } = await this.#files.create(this.#number + 1)
    try {
      const table = { journal: this.id, segment: segment.number, streams: [...this.#marks] }
      this.#at = await writeAll(file, [frameStart(this.#next, 0, { table }, EMPTY)], 0)
    } catch (error) {
      await file.close()
      throw error
    }
    this.#file = file
    this.#number = segment.number
    this.#segments.push({ ...segment, next: this.#next })
  }

  #fail(error: unknown): void {
    this.#failing = error instanceof Error ? error.message : String(error)
  }
}

const EMPTY = new Uint8Array()

function piecesOf({ sequence, receivedMs, slab, length, lines, parts }: Batch): Uint8Array[] {
  const bytes = slab.bytes.subarray(0, length)
  return [frameStart(sequence, receivedMs, { lines, parts }, bytes), bytes]
}
