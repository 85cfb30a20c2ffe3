import type { DetectedAlert, PackedAlerts } from './detector-protocol.ts'

const ALERTS = 32
const CHARACTERS = 65_536

/** Gathers the alerts of one batch. */
export class AlertPacker {
  readonly #pieces: string[] = []
  #texts: string[] = []
  #characters = 0
  #count = 0

  add(alert: DetectedAlert): void {
    const text = JSON.stringify(alert)
    this.#texts.push(text)
    this.#characters += text.length
    this.#count += 1
    if (this.#texts.length >= ALERTS || this.#characters >= CHARACTERS) this.#close()
  }

  packed(): PackedAlerts {
    if (this.#texts.length > 0) this.#close()
    return { count: this.#count, pieces: this.#pieces }
  }

  #close(): void {
    this.#pieces.push(`[${this.#texts.join(',')}]`)
    this.#texts = []
    this.#characters = 0
  }
}

/** The alerts of one piece. */
export const unpacked = (piece: string): DetectedAlert[] => JSON.parse(piece) as DetectedAlert[]
