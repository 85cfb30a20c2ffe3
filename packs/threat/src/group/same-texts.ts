const MOST = 10_000

/**
 * One text for all that read the same. Each alert brings texts of its own, and what is kept of many alerts says the same few
 * names again and again. Begins anew when it is full.
 */
export class SameTexts {
  readonly #known = new Map<string, string>()

  of(text: string): string {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    if (this.#known.size >= MOST) this.#known.clear()
    this.#known.set(text, text)
    return text
  }
}
