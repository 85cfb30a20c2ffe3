import { AnchoredLiterals } from './anchored-literals.ts'
import { FreeLiterals } from './free-literals.ts'
import type { Literal, Place } from './literal-trie.ts'

type Report = (id: number) => void

/** All literals that the rules of one log source seek in one field. */
export class FieldLiterals {
  readonly #atStart: AnchoredLiterals | undefined
  readonly #atEnd: AnchoredLiterals | undefined
  readonly #anywhere: FreeLiterals | undefined
  readonly #empty: readonly number[]

  constructor(literals: readonly Literal[]) {
    const placed = (...places: Place[]): Literal[] =>
      literals.filter(({ text, place }) => text !== '' && places.includes(place))
    const starting = placed('starts', 'equals')
    const ending = placed('ends')
    const free = placed('contains')
    this.#atStart = starting.length > 0 ? new AnchoredLiterals(starting, false) : undefined
    this.#atEnd = ending.length > 0 ? new AnchoredLiterals(ending, true) : undefined
    this.#anywhere = free.length > 0 ? new FreeLiterals(free) : undefined
    this.#empty = literals.filter(({ text }) => text === '').map(({ id }) => id)
  }

  get bytes(): number {
    return (this.#atStart?.bytes ?? 0) + (this.#atEnd?.bytes ?? 0) + (this.#anywhere?.bytes ?? 0)
  }

  /** Reports the literals of the value bytes[from, to); `escaped` where it is JSON text with one-letter escapes. */
  scan(bytes: Uint8Array, range: { from: number; to: number; escaped: boolean }, report: Report): void {
    const { from, to, escaped } = range
    if (from === to) for (const id of this.#empty) report(id)
    this.#atStart?.scanForward(bytes, range, report)
    this.#atEnd?.scanBackward(bytes, range, report)
    if (escaped) this.#anywhere?.scanEscaped(bytes, from, to, report)
    else this.#anywhere?.scan(bytes, from, to, report)
  }
}
