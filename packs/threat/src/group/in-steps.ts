/** Items copied in one step, a part of a millisecond. */
export const COPY_STEP = 512

/** Copies a list in steps of `COPY_STEP` items; it must not change between them. */
export function* copied<T, C>(items: Iterable<T>, copyOf: (item: T) => C): Generator<void, C[]> {
  const copies: C[] = []
  for (const item of items) {
    copies.push(copyOf(item))
    if (copies.length % COPY_STEP === 0) yield
  }
  return copies
}

/** Does all steps at once. */
export function atOnce<T>(work: Generator<void, T>): T {
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value
}
