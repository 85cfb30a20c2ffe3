/** A step takes no further batch once it has this many alerts, observations and faulty lines. */
const FULL = 250
/** After a step that was full, or only moved on, milliseconds. */
const NEXT_MS = 10
const SHORTEST_MS = 25
const EACH_MS = 4
const LONGEST_MS = 100

/** Whether a step in which so much was found takes no further batch. */
export const isFullStep = (found: number): boolean => found >= FULL

/**
 * Milliseconds until the step after one in which so much was found. Each costs a transaction and a sync of the disk: few
 * alerts are stored soon, many together; from 250 alerts a second on there are no more than ten steps a second.
 */
export function restAfter(found: number): number {
  if (found === 0 || isFullStep(found)) return NEXT_MS
  return Math.min(LONGEST_MS, SHORTEST_MS + EACH_MS * found)
}
