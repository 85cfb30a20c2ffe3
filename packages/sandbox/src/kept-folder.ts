import { lstat, opendir } from 'node:fs/promises'
import { join } from 'node:path'

/** How often the folder is measured, in milliseconds; one file can never grow past the limit, the kernel holds that. */
const LOOK_EVERY = 250
const FILES_MAX = 10_000

export interface KeptWatchOptions {
  readonly maxBytes: number
  /** Called when the folder holds more than it may. */
  readonly onOverflow: () => void
}

/** Measures a folder that a job may write to, until it is closed. */
export function watchKept(folder: string, { maxBytes, onOverflow }: KeptWatchOptions): { close(): void } {
  let measuring = false
  const look = async () => {
    if (measuring) return
    measuring = true
    // where it cannot look, a job could keep anything
    const bytes = await bytesIn(folder, maxBytes).catch(() => Number.POSITIVE_INFINITY)
    if (bytes > maxBytes) onOverflow()
    measuring = false
  }
  const timer = setInterval(() => void look(), LOOK_EVERY)
  return { close: () => clearInterval(timer) }
}

/**
 * Bytes on disk, nothing followed out of the folder; more than `enough` or infinity ends the count. Throws what the system says of
 * a folder that is closed or whose path is too long.
 */
export async function bytesIn(folder: string, enough: number): Promise<number> {
  const folders = [folder]
  let bytes = 0
  let files = 0
  for (let next = folders.pop(); next !== undefined && bytes <= enough; next = folders.pop()) {
    for await (const { name } of await opendir(next).catch(unlessGone([]))) {
      files += 1
      if (files > FILES_MAX) return Number.POSITIVE_INFINITY
      const found = await lstat(join(next, name)).catch(unlessGone(undefined))
      if (found?.isDirectory()) folders.push(join(next, name))
      bytes += (found?.blocks ?? 0) * 512
    }
  }
  return bytes
}

/** The job goes on meanwhile: what it has removed since is nothing. */
const unlessGone =
  <T>(nothing: T) =>
  (thrown: NodeJS.ErrnoException): T => {
    if (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR') return nothing
    throw thrown
  }
