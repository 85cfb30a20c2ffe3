const FIRST_MS = 1_000
const MOST_MS = 5 * 60_000

/** How long to wait after so many attempts that failed: doubled each time, five minutes at most. Milliseconds. */
export const retryDelay = (attempts: number): number => Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(20, attempts - 1))
