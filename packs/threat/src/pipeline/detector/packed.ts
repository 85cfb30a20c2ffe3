import type { Packed } from './detector-protocol.ts'

const ITEMS = 32
const CHARACTERS = 65_536

/** Gathers the alerts, or the observations, of one batch. */
export class Packer<Item> {
  readonly #pieces: string[] = []
  #texts: string[] = []
  #characters = 0
  #count = 0

  add(item: Item): void {
    const text = JSON.stringify(item)
    this.#texts.push(text)
    this.#characters += text.length
    this.#count += 1
    if (this.#texts.length >= ITEMS || this.#characters >= CHARACTERS) this.#close()
  }

  packed(): Packed {
    if (this.#texts.length > 0) this.#close()
    return { count: this.#count, pieces: this.#pieces }
  }

  #close(): void {
    this.#pieces.push(`[${this.#texts.join(',')}]`)
    this.#texts = []
    this.#characters = 0
  }
}

/** What one piece holds. */
export const unpacked = <Item>(piece: string): Item[] => JSON.parse(piece) as Item[]
