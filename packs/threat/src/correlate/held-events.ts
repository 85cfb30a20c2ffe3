import type { Scalar } from '../normalise/leaves.ts'

/** An event that waits until nothing earlier can come any more. */
export interface HeldEvent {
  /** Milliseconds since 1970. */
  readonly time: number
  /** Order of arrival: decides among events of the same time. */
  readonly order: number
  readonly event: number
  readonly rules: readonly number[]
  /** The fields that correlations ask for. */
  readonly fields: ReadonlyMap<string, Scalar>
}

/** Events replaced in one step. */
const STEP = 1000

/** Events by time, then by order of arrival: a binary heap. */
export class HeldEvents {
  readonly #heap: HeldEvent[] = []

  get size(): number {
    return this.#heap.length
  }

  get first(): HeldEvent | undefined {
    return this.#heap[0]
  }

  add(event: HeldEvent): void {
    let at = this.#heap.length
    while (at > 0) {
      const parent = (at - 1) >>> 1
      const above = this.#heap[parent] as HeldEvent
      if (isBefore(above, event)) break
      this.#heap[at] = above
      at = parent
    }
    this.#heap[at] = event
  }

  /** Takes the first one out. */
  take(): HeldEvent | undefined {
    const first = this.#heap[0]
    const last = this.#heap.pop()
    if (first === undefined || last === undefined || first === last) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= this.#heap.length) break
      if (child + 1 < this.#heap.length && isBefore(this.#heap[child + 1] as HeldEvent, this.#heap[child] as HeldEvent))
        child += 1
      if (isBefore(last, this.#heap[child] as HeldEvent)) break
      this.#heap[at] = this.#heap[child] as HeldEvent
      at = child
    }
    this.#heap[at] = last
    return first
  }

  /** Another event in the place of each, in steps; it must have its time and order. */
  *replace(by: (event: HeldEvent) => HeldEvent): Generator<void> {
    for (const [at, event] of this.#heap.entries()) {
      this.#heap[at] = by(event)
      if (at % STEP === 0) yield
    }
  }

  /** All of them, in no order that matters. */
  copy(): readonly HeldEvent[] {
    return this.#heap.slice()
  }
}

const isBefore = (a: HeldEvent, b: HeldEvent): boolean => (a.time === b.time ? a.order < b.order : a.time < b.time)
