export interface Lanes<T> {
  /** Items in the making at the same time, at most. */
  readonly width: number
  /** Asked before each item; once it says no, none is begun any more. */
  readonly goOn: () => boolean
  readonly act: (item: T) => Promise<void>
}

/**
 * Acts on the items in their order, several at a time. Answers false where some were left out, and only once all that began
 * has ended; then throws the first fault, after which nothing was begun.
 */
export async function inLanes<T>(items: readonly T[], { width, goOn, act }: Lanes<T>): Promise<boolean> {
  const faults: unknown[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < items.length && faults.length === 0 && goOn()) {
      const item = items[next]!
      next += 1
      await act(item).catch((fault: unknown) => void faults.push(fault))
    }
  }
  await Promise.all(Array.from({ length: width }, lane))
  if (faults.length > 0) throw faults[0]
  return next === items.length
}
