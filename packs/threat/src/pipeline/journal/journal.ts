import type { FileHandle } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Text } from '@dengta/kernel'
import { makeDurableFolder } from '@dengta/store'
import type { StreamMark } from '../../ingest/source.ts'
import type { Batch } from '../batch.ts'
import { pipelineErrors, whyNotStored } from '../pipeline-errors.ts'
import { type BatchNote, frameStart } from './frame.ts'
import { type DamagedPart, type JournalFrame, readSegment, type SegmentPlace } from './read-segment.ts'
import { advance, type FoundJournal, findJournal, isFeltBehind } from './recover.ts'
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
  readonly failing: Text | undefined
  /** What was found broken at the start of batches that were not processed. */
  readonly damage: readonly DamagedPart[]
}

interface Written extends Segment {
  next: number
  /** What it was read with at the start. */
  readonly place?: SegmentPlace
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
  readonly #damage: readonly DamagedPart[]
  readonly #queue: Entry[] = []
  #next: number
  #number: number
  #file: FileHandle | undefined
  #at = 0
  #writing: Promise<void> | undefined
  #processed: number
  #retiring: Promise<void> | undefined
  #failing: Text | undefined
  #closed = false

  private constructor(found: FoundJournal, files: SegmentFiles, { newId, processed, segmentBytes }: JournalOptions) {
    this.id = found.id ?? newId
    this.#files = files
    this.#segmentBytes = segmentBytes ?? SEGMENT_BYTES
    this.#marks = new Map(found.marks)
    this.#segments = found.segments.map(({ number, path, next, place }) => ({ number, path, next, place }))
    this.#damage = found.damage
    this.#processed = processed
    this.#next = found.id === undefined ? processed + 1 : found.next
    this.#number = Math.max(0, ...[...found.segments, ...found.unused].map(({ number }) => number))
  }

  /** Opens the journal of a folder; cuts a torn tail. Throws where a file with acknowledged batches is missing. */
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
    const { bytes } = this.#files
    return { bytes, segments: this.#segments.length, failing: this.#failing, damage: this.#damage }
  }

  /** Resolves when the batch is on the disk. Batches must come in the order of their sequence. */
  append(batch: Batch): Promise<void> {
    if (this.#closed) return Promise.reject(pipelineErrors.stopped())
    return new Promise((done, failed) => {
      this.#queue.push({ batch, done, failed })
      this.#writing ??= this.#write()
    })
  }

  /** Batches behind `processed`, and damage among them, in order, as they were found at the start. */
  async *unprocessed(processed: number): AsyncGenerator<JournalFrame | DamagedPart> {
    for (const { path, next, place } of [...this.#segments]) {
      if (next <= processed + 1 || !place) continue
      for await (const part of readSegment(path, place)) {
        if ('to' in part ? isFeltBehind(part, processed) : part.sequence > processed && !('table' in part.note))
          yield part
      }
    }
  }

  /** Batches up to here are processed: segments that hold no others are given up. */
  release(processed: number): void {
    this.#processed = processed
    this.#retiring ??= this.#retire()
  }

  /** A file that cannot be given up keeps nobody from writing: it is tried again with the next release, or the next start. */
  async #retire(): Promise<void> {
    await undefined // so that #retiring is set before it can be unset
    for (let [first] = this.#segments; first && this.#isDone(first); [first] = this.#segments) {
      const isGone = await this.#files.retire(first).then(
        () => true,
        () => false,
      )
      if (!isGone) break
      this.#segments.shift()
    }
    this.#retiring = undefined
  }

  #isDone({ next }: Written): boolean {
    return this.#segments.length > 1 && next <= this.#processed + 1
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
      group.flatMap(({ batch }) => piecesOf(batch, { journal: this.id, durable: this.#next - 1 })),
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
    this.#failing = whyNotStored(error)
  }
}

const EMPTY = new Uint8Array()

type Origin = Required<Pick<BatchNote, 'journal' | 'durable'>>

function piecesOf({ sequence, receivedMs, slab, length, lines, parts }: Batch, { journal, durable }: Origin) {
  const bytes = slab.bytes.subarray(0, length)
  return [frameStart(sequence, receivedMs, { journal, durable, lines, parts }, bytes), bytes]
}
