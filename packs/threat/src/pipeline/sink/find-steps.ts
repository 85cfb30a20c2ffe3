import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipelineErrors } from '../pipeline-errors.ts'
import { blocksOf, type FoundBlock, isSealedBehind } from './sink-block.ts'

const NAME = /^alerts-(\d{12})\.ndjson$/

export interface StepFile {
  /** Position of the first step in it, or of one before that. */
  readonly first: number
  readonly path: string
}

/** Where the steps that count end in a folder. */
export interface FoundSteps {
  /** The oldest first; the last one ends at `at`, whatever stands behind. */
  readonly files: readonly StepFile[]
  readonly at: number
  readonly position: number
  /** Files in which no step counts. */
  readonly surplus: readonly StepFile[]
}

export const stepFileOf = (folder: string, first: number): StepFile => ({
  first,
  path: join(folder, `alerts-${String(first).padStart(12, '0')}.ndjson`),
})

/** Files with steps behind a position, and perhaps some before it. */
export function filesBehind(files: readonly StepFile[], position: number): StepFile[] {
  return files.filter((_, i) => (files[i + 1]?.first ?? Number.POSITIVE_INFINITY) > position)
}

/** The step files of a folder, the oldest first. */
export async function listStepFiles(folder: string): Promise<StepFile[]> {
  const numbers = (await readdir(folder)).flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number)
  return numbers.sort((a, b) => a - b).map((first) => stepFileOf(folder, first))
}

/** Where the files alone say what counts: all up to a torn tail. Throws `threat_pipeline.sink_damaged`. */
export async function findLastStep(folder: string): Promise<FoundSteps> {
  const files = await listStepFiles(folder)
  const tails: { file: string; at: number; bytes: Buffer }[] = []
  let last: FoundBlock | undefined
  let count = files.length
  while (count > 0 && !last) {
    const { path } = files[count - 1] as StepFile
    const bytes = await readFile(path)
    last = [...blocksOf(bytes)].at(-1)
    const at = last?.end ?? 0
    tails.push({ file: path, at, bytes: bytes.subarray(at) })
    if (!last) count -= 1
  }
  const { position = 0, end = 0 } = last ?? {}
  const broken = tails.findLast(({ bytes }) => isSealedBehind(bytes, position))
  if (broken) throw pipelineErrors.sink_damaged({ file: broken.file, at: broken.at })
  return { files: files.slice(0, count), at: end, position, surplus: files.slice(count) }
}

export interface KnownSteps {
  /** The last step that counts. */
  readonly position: number
  /** Steps up to here are not needed any more. */
  readonly covered: number
}

/**
 * Where somebody else, who knows of every step only once it is on the disk, says what counts: what stands behind it was
 * never finished. Throws `threat_pipeline.sink_damaged`, or `.steps_missing` where one is not there that is needed.
 */
export async function findKnownSteps(folder: string, { position, covered }: KnownSteps): Promise<FoundSteps> {
  const all = await listStepFiles(folder)
  const files = all.filter(({ first }) => first <= position)
  let have = covered
  let end = { at: 0, files: 0 }
  let broken: { file: string; at: number } | undefined
  const missing = (to: number) =>
    broken ? pipelineErrors.sink_damaged(broken) : pipelineErrors.steps_missing({ folder, from: have, to })
  for (const file of filesBehind(files, covered)) {
    const bytes = await readFile(file.path)
    const blocks = [...blocksOf(bytes)]
    for (const block of blocks.filter((each) => each.position <= position)) {
      if (block.after > have) throw missing(block.after)
      have = Math.max(have, block.position)
      end = { at: block.end, files: files.indexOf(file) + 1 }
    }
    const at = blocks.at(-1)?.end ?? 0
    if (bytes.length > at) broken ??= { file: file.path, at }
  }
  if (have < position) throw missing(position)
  return { files: all.slice(0, end.files), at: end.at, position, surplus: all.slice(end.files) }
}
