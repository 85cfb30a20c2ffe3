import { constants } from 'node:fs'
import { type FileHandle, open, readdir, rename, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fsyncFolder } from '@dengta/store'
import { cutFile } from '../cut-file.ts'

const NAME = /^segment-(\d{12})\.log$/
const SPARE_NAME = /^spare-\d{12}\.log$/
/** Files kept to be written over: blocks that exist already make fdatasync several times cheaper. */
const SPARES = 3
/** Each write is on the disk when it returns, as with fdatasync behind it, in one trip to the thread that writes. */
const { O_CREAT, O_DSYNC, O_RDWR, O_TRUNC } = constants
const AS_IT_IS = O_RDWR | O_DSYNC
const NEW = O_RDWR | O_CREAT | O_TRUNC | O_DSYNC

export interface Segment {
  readonly number: number
  readonly path: string
}

const segmentOf = (folder: string, number: number): Segment => ({
  number,
  path: join(folder, `segment-${String(number).padStart(12, '0')}.log`),
})

/** Segments of a folder, the oldest first. */
export async function listSegments(folder: string): Promise<Segment[]> {
  const numbers = (await readdir(folder)).flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number)
  return numbers.sort((a, b) => a - b).map((number) => segmentOf(folder, number))
}

/** The files of the journal: the newest is written, older ones wait for their batches, the rest are kept for writing over. */
export class SegmentFiles {
  readonly #folder: string
  readonly #spares: string[] = []
  readonly #sizes = new Map<string, number>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Bytes on disk, spares included. */
  get bytes(): number {
    return [...this.#sizes.values()].reduce((sum, size) => sum + size, 0)
  }

  async note({ path }: Segment): Promise<void> {
    this.#sizes.set(path, (await stat(path)).size)
  }

  wrote({ path }: Segment, end: number): void {
    this.#sizes.set(path, Math.max(end, this.#sizes.get(path) ?? 0))
  }

  /** A file for the segment: a spare under its new name, or a new one. Both are in the folder for good, and what is written is on the disk. */
  async create(number: number): Promise<{ segment: Segment; file: FileHandle }> {
    const segment = segmentOf(this.#folder, number)
    const spare = this.#spares.pop()
    if (spare) {
      await rename(spare, segment.path)
      this.#sizes.set(segment.path, this.#sizes.get(spare) ?? 0)
      this.#sizes.delete(spare)
    }
    const file = await open(segment.path, spare ? AS_IT_IS : NEW)
    await fsyncFolder(this.#folder)
    return { segment, file }
  }

  /** Takes up the spares of an earlier run. */
  async findSpares(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      if (!SPARE_NAME.test(name)) continue
      const path = join(this.#folder, name)
      this.#spares.push(path)
      this.#sizes.set(path, (await stat(path)).size)
    }
  }

  /** Gives up a segment whose batches are all processed: it no longer counts, but its blocks may be used again. */
  async retire({ number, path }: Segment): Promise<void> {
    const spare = join(this.#folder, `spare-${String(number).padStart(12, '0')}.log`)
    const isKept = this.#spares.length < SPARES
    const isThere = await unlessAbsent(isKept ? rename(path, spare) : unlink(path))
    if (isKept && isThere) {
      this.#spares.push(spare)
      this.#sizes.set(spare, this.#sizes.get(path) ?? 0)
    }
    this.#sizes.delete(path)
  }

  /** Cuts a torn tail off, so that what stands in the file is what counts, and is on the disk. */
  async cut({ path }: Segment, end: number): Promise<void> {
    await cutFile(path, end)
    this.#sizes.set(path, end)
  }
}

/** False where somebody else took the file away. */
async function unlessAbsent(work: Promise<void>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
