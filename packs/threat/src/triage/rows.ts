/** Numbers of one piece. */
const PIECE = 4096

/** Keeps rows of numbers that never change in common pieces: an array of its own costs a short row twice its memory. */
export class Rows {
  #piece = new Float64Array(0)
  #used = 0

  /** A copy of the row. */
  kept(row: ArrayLike<number>): Float64Array {
    const end = this.#used + row.length
    if (end > this.#piece.length) {
      this.#piece = new Float64Array(Math.max(PIECE, row.length))
      this.#used = 0
    }
    const kept = this.#piece.subarray(this.#used, this.#used + row.length)
    kept.set(row)
    this.#used += row.length
    return kept
  }
}
