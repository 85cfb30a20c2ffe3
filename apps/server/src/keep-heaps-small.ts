import { setFlagsFromString } from 'node:v8'

/**
 * Dead objects may add half to a heap before they are collected; by itself the engine waits for 2.5 times what lives, and more.
 * At double, the heaps of the detectors still filled for ten minutes.
 */
export const SMALL_HEAPS = '--heap-growing-percent=50'

/** For a process that runs for months, all its threads: what it takes follows what it holds. To be called before a thread starts. */
export function keepHeapsSmall(): void {
  setFlagsFromString(SMALL_HEAPS)
}
