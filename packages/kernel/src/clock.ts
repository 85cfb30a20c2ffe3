/** Time comes in as an argument; nothing in a domain asks the system for it. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** Stands still until told otherwise; `advance` takes milliseconds. */
export function fixedClock(start: string | Date): Clock & { advance(milliseconds: number): void } {
  let at = new Date(start).getTime()
  return {
    now: () => new Date(at),
    advance: (milliseconds) => {
      at += milliseconds
    },
  }
}
