import { type FileHandle, open, readFile, unlink } from 'node:fs/promises'
import { fsyncFolder } from '@dengta/store'
import { cutFile } from '../cut-file.ts'
import { writeAll } from '../journal/write-all.ts'
import type { SinkStep } from './alert-sink.ts'
import { type FoundSteps, filesBehind, type StepFile, stepFileOf } from './find-steps.ts'
import { blockOf, blocksOf, stepOf } from './sink-block.ts'

export interface StepFilesOptions {
  readonly folder: string
  /** A file that has so many bytes gets no further step. */
  readonly fileBytes: number
}

/**
 * Steps as NDJSON files that any tool reads; a line `{"commit":…}` seals what stands before it. A step is written, then kept
 * or written over: what is between the two is on the disk, and counts only if whoever opens the folder next says so.
 */
export class StepFiles {
  readonly #options: StepFilesOptions
  readonly #files: StepFile[]
  #position: number
  #at: number
  #file: FileHandle | undefined
  /** The step behind the last kept one, once it is on the disk. */
  #written: { readonly position: number; readonly end: number } | undefined
  /** Whether anything may stand behind the last kept step. */
  #isTouched = false

  private constructor(options: StepFilesOptions, { files, position, at }: FoundSteps) {
    this.#options = options
    this.#files = [...files]
    this.#position = position
    this.#at = at
  }

  /** Takes away whatever stands behind the steps found. */
  static async open(options: StepFilesOptions, found: FoundSteps): Promise<StepFiles> {
    for (const { path } of found.surplus.toReversed()) await unlink(path)
    const last = found.files.at(-1)
    if (last) await cutFile(last.path, found.at)
    await fsyncFolder(options.folder)
    return new StepFiles(options, found)
  }

  /** The last step kept, 0 if none. */
  get position(): number {
    return this.#position
  }

  /** Whether this is the step that is on the disk and waits to be kept. */
  has({ position }: SinkStep): boolean {
    return this.#written?.position === position
  }

  /** Resolves when the step is on the disk; in the place of one that was not kept. */
  async write(step: SinkStep): Promise<void> {
    this.#written = undefined
    const block = await blockOf(step, this.#position)
    const file = await this.#fileFor(step)
    if (this.#isTouched) await file.truncate(this.#at)
    this.#isTouched = true
    const end = await writeAll(file, block, this.#at)
    await file.datasync()
    this.#written = { position: step.position, end }
  }

  /** The step last written counts from now on. */
  keep(): void {
    if (!this.#written) return
    this.#position = this.#written.position
    this.#at = this.#written.end
    this.#written = undefined
    this.#isTouched = false
  }

  async *replay(after: number): AsyncGenerator<SinkStep> {
    for (const { path } of filesBehind(this.#files, after)) {
      for (const block of blocksOf(await readFile(path)))
        if (block.position > after && block.position <= this.#position) yield stepOf(block)
    }
  }

  /** Removes files in which all steps are at or before a position; the newest file stays. */
  async forget(position: number): Promise<void> {
    while (this.#files.length > 1 && (this.#files[1] as StepFile).first <= position + 1) {
      await unlink((this.#files[0] as StepFile).path)
      this.#files.shift()
    }
  }

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
  }

  async #fileFor({ position }: SinkStep): Promise<FileHandle> {
    const { folder, fileBytes } = this.#options
    const last = this.#files.at(-1)
    if (last && this.#at < fileBytes) {
      this.#file ??= await open(last.path, 'r+')
      return this.#file
    }
    await this.close()
    const next = stepFileOf(folder, position)
    this.#file = await open(next.path, 'w')
    await fsyncFolder(folder)
    this.#files.push(next)
    this.#at = 0
    return this.#file
  }
}
