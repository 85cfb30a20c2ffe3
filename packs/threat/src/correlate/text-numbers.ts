/** Texts by number, each held as long as somebody holds it. */
export class TextNumbers {
  readonly #numbers = new Map<string, number>()
  readonly #texts: string[] = []
  readonly #holders: number[] = []
  readonly #free: number[] = []

  hold(text: string): number {
    let number = this.#numbers.get(text)
    if (number === undefined) {
      number = this.#free.pop() ?? this.#texts.length
      this.#numbers.set(text, number)
      this.#texts[number] = text
      this.#holders[number] = 0
    }
    this.#holders[number] = (this.#holders[number] as number) + 1
    return number
  }

  release(number: number): void {
    const holders = (this.#holders[number] as number) - 1
    this.#holders[number] = holders
    if (holders > 0) return
    this.#numbers.delete(this.textOf(number))
    this.#texts[number] = ''
    this.#free.push(number)
  }

  /** The texts by number, as they are now. */
  copy(): readonly string[] {
    return this.#texts.slice()
  }

  textOf(number: number): string {
    return this.#texts[number] as string
  }
}
