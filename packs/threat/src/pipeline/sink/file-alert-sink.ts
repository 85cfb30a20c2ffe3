import { type FileHandle, mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { fsyncFolder } from '@dengta/store'
import { writeAll } from '../journal/write-all.ts'
import { pipelineErrors } from '../pipeline-errors.ts'
import type { AlertSink, SinkStep, StageCheckpoint } from './alert-sink.ts'
import { blockOf, blocksOf, hasSeal, stepOf } from './sink-block.ts'

const FILE_BYTES = 64 * 2 ** 20
const NAME = /^alerts-(\d{12})\.ndjson$/
const CHECKPOINT = 'stages.state'

interface SinkFile {
  /** Position of the first step in it. */
  readonly first: number
  readonly path: string
}

/** Alerts as NDJSON files that any tool reads; a line `{"commit":…}` seals what stands before it. Nothing is deleted. */
export class FileAlertSink implements AlertSink {
  readonly #folder: string
  readonly #files: SinkFile[]
  #position: number
  #at: number
  #file: FileHandle | undefined

  private constructor(folder: string, files: SinkFile[], { position, at }: { position: number; at: number }) {
    this.#folder = folder
    this.#files = files
    this.#position = position
    this.#at = at
  }

  /** Opens a folder and cuts a torn tail; throws `threat_pipeline.sink_damaged` where a file is broken before its end. */
  static async open(folder: string): Promise<FileAlertSink> {
    await mkdir(folder, { recursive: true })
    const files = await listFiles(folder)
    let position = 0
    let at = 0
    for (const file of files.toReversed()) {
      const found = await lastBlock(file.path)
      if (file === files.at(-1)) at = found.end
      position = found.position
      if (position > 0) break
    }
    const last = files.at(-1)
    if (last) await cut(last.path, at)
    return new FileAlertSink(folder, files, { position, at })
  }

  get position(): number {
    return this.#position
  }

  async append(step: SinkStep): Promise<void> {
    if (step.position <= this.#position) return
    const file = await this.#fileFor(step)
    const end = await writeAll(file, await blockOf(step), this.#at)
    await file.datasync()
    this.#at = end
    this.#position = step.position
  }

  async *replay(after: number): AsyncGenerator<SinkStep> {
    const files = this.#files.filter((_, i) => (this.#files[i + 1]?.first ?? Number.POSITIVE_INFINITY) > after)
    for (const { path } of files) {
      for (const block of blocksOf(await readFile(path))) if (block.position > after) yield stepOf(block)
    }
  }

  async saveCheckpoint({ position, state }: Parameters<AlertSink['saveCheckpoint']>[0]): Promise<void> {
    const path = join(this.#folder, CHECKPOINT)
    const head = Buffer.alloc(8)
    head.writeDoubleLE(position)
    await writeWhole(`${path}.new`, [head, ...state])
    await rename(`${path}.new`, path)
    await fsyncFolder(this.#folder)
  }

  async loadCheckpoint(): Promise<StageCheckpoint | undefined> {
    try {
      const bytes = await readFile(join(this.#folder, CHECKPOINT))
      return { position: bytes.readDoubleLE(0), state: bytes.subarray(8) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
  }

  async #fileFor({ position }: SinkStep): Promise<FileHandle> {
    const last = this.#files.at(-1)
    if (last && this.#at < FILE_BYTES) {
      this.#file ??= await open(last.path, 'r+')
      return this.#file
    }
    await this.close()
    const next = { first: position, path: join(this.#folder, `alerts-${String(position).padStart(12, '0')}.ndjson`) }
    this.#file = await open(next.path, 'w')
    await fsyncFolder(this.#folder)
    this.#files.push(next)
    this.#at = 0
    return this.#file
  }
}

async function listFiles(folder: string): Promise<SinkFile[]> {
  const numbers = (await readdir(folder)).flatMap((name) => NAME.exec(name)?.[1] ?? [])
  return numbers.sort().map((digits) => ({ first: Number(digits), path: join(folder, `alerts-${digits}.ndjson`) }))
}

async function writeWhole(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, 'w')
  try {
    await writeAll(file, pieces, 0)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function lastBlock(path: string): Promise<{ position: number; end: number }> {
  const bytes = await readFile(path)
  let found = { position: 0, end: 0 }
  for (const { position, end } of blocksOf(bytes)) found = { position, end }
  if (hasSeal(bytes.subarray(found.end))) throw pipelineErrors.sink_damaged({ file: path, at: found.end })
  return found
}

async function cut(path: string, end: number): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.truncate(end)
    await file.sync()
  } finally {
    await file.close()
  }
}
