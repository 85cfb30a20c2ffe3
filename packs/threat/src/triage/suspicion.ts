/** What a model needs to know of a group around another. */
export interface Neighbour {
  readonly signature: string
  readonly host: string
  readonly techniques: readonly string[]
}

/** Stands for "nothing around": no score falls below it. */
const FLOOR = -9

/** How suspicious the groups around one are, taken in one at a time. Its own signature on its own host says nothing more. */
export class Suspicion {
  /** Greatest first scores. */
  strongest = FLOOR
  strongestHere = FLOOR
  readonly #self: Neighbour
  readonly #kinds = new Set<string>()
  readonly #techniques = new Set<string>()

  constructor(self: Neighbour) {
    this.#self = self
  }

  /** `score` above 0 means: more likely attack than not, on its own. */
  add({ signature, host, techniques }: Neighbour, score: number): void {
    const isHere = host === this.#self.host
    if (isHere && signature === this.#self.signature) return
    if (score > this.strongest) this.strongest = score
    if (isHere && score > this.strongestHere) this.strongestHere = score
    if (score <= 0) return
    this.#kinds.add(signature)
    for (const technique of techniques) this.#techniques.add(technique)
  }

  /** Different signatures, and different ATT&CK techniques, of the groups above 0. */
  get kinds(): number {
    return this.#kinds.size
  }

  get techniques(): number {
    return this.#techniques.size
  }
}
