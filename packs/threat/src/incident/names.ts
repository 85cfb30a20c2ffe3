import { copied } from '../group/in-steps.ts'

/** Distinct names as they are shown: the first so many. */
export interface NamesSeen {
  readonly names: readonly string[]
  /** Distinct ones in all. */
  readonly count: number
  /** True where `count` stopped at its bound: there may be more. */
  readonly atLeast?: true
}

export interface NamesState {
  readonly known: readonly string[]
  readonly isFull: boolean
}

/** Names that are told apart; beyond it new ones are counted no more. */
const MOST_NAMES = 10_000

/** Distinct names in the order in which they came. */
export class Names {
  readonly #known: Set<string>
  #isFull: boolean

  constructor({ known, isFull }: NamesState = { known: [], isFull: false }) {
    this.#known = new Set(known)
    this.#isFull = isFull
  }

  get size(): number {
    return this.#known.size
  }

  add(name: string): void {
    if (this.#known.has(name)) return
    if (this.#known.size < MOST_NAMES) this.#known.add(name)
    else this.#isFull = true
  }

  join(other: Names): void {
    for (const name of other.#known) this.add(name)
    this.#isFull ||= other.#isFull
  }

  seen(most: number): NamesSeen {
    const names: string[] = []
    for (const name of this.#known) {
      if (names.length === most) break
      names.push(name)
    }
    return { names, count: this.#known.size, ...(this.#isFull && { atLeast: true }) }
  }

  /** A copy, in steps between which nothing may be added. */
  *freeze(): Generator<void, NamesState> {
    return { known: yield* copied(this.#known, (name) => name), isFull: this.#isFull }
  }
}
