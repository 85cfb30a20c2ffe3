import type { DetectedAlert } from './detector-protocol.ts'

/**
 * Alerts of one batch as JSON texts of a few dozen each. A text crosses threads as one copy, so the receiver reads
 * thousands of alerts piece by piece, with turns for others between.
 */
export interface PackedAlerts {
  readonly count: number
  readonly pieces: readonly string[]
}

const ALERTS = 32
const CHARACTERS = 65_536

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

export const unpacked = (piece: string): DetectedAlert[] => JSON.parse(piece) as DetectedAlert[]
