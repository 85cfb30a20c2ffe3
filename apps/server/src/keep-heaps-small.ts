import { setFlagsFromString } from 'node:v8'

/** Dead objects may double a heap before they are collected. By itself the engine waits for 2.5 times what lives, and more. */
export const SMALL_HEAPS = '--heap-growing-percent=100'

/** For a process that runs for months, all its threads: what it takes follows what it holds. To be called before a thread starts. */
export function keepHeapsSmall(): void {
  setFlagsFromString(SMALL_HEAPS)
}
