/** Counts by a pair of whole numbers, in an open table that is at most three quarters full. */
export class PairCounts {
  #left = new Int32Array(64)
  #right = new Int32Array(64)
  /** 0: the place is free. */
  #count = new Int32Array(64)
  #used = 0

  get bytes(): number {
    return 3 * this.#count.byteLength
  }

  /** Counts up; returns the new count. */
  add(left: number, right: number): number {
    if (this.#used * 4 >= this.#count.length * 3) this.#grow()
    const at = this.#find(left, right)
    if (this.#count[at] === 0) {
      this.#left[at] = left
      this.#right[at] = right
      this.#used += 1
    }
    this.#count[at] = (this.#count[at] as number) + 1
    return this.#count[at] as number
  }

  /** Counts down a pair that is there; returns the new count. */
  remove(left: number, right: number): number {
    const at = this.#find(left, right)
    const count = (this.#count[at] as number) - 1
    this.#count[at] = count
    if (count === 0) this.#close(at)
    return count
  }

  #find(left: number, right: number): number {
    const mask = this.#count.length - 1
    let at = hashOf(left, right) & mask
    while (this.#count[at] !== 0 && (this.#left[at] !== left || this.#right[at] !== right)) at = (at + 1) & mask
    return at
  }

  /** Moves later pairs of the run back over a place that has become free, so that none is lost behind it. */
  #close(free: number): void {
    const mask = this.#count.length - 1
    this.#used -= 1
    let hole = free
    for (let at = (hole + 1) & mask; this.#count[at] !== 0; at = (at + 1) & mask) {
      const home = hashOf(this.#left[at] as number, this.#right[at] as number) & mask
      if (((at - home) & mask) < ((at - hole) & mask)) continue
      this.#left[hole] = this.#left[at] as number
      this.#right[hole] = this.#right[at] as number
      this.#count[hole] = this.#count[at] as number
      this.#count[at] = 0
      hole = at
    }
  }

  #grow(): void {
    const [left, right, count] = [this.#left, this.#right, this.#count]
    this.#left = new Int32Array(count.length * 2)
    this.#right = new Int32Array(count.length * 2)
    this.#count = new Int32Array(count.length * 2)
    for (let i = 0; i < count.length; i += 1) {
      if (count[i] === 0) continue
      const at = this.#find(left[i] as number, right[i] as number)
      this.#left[at] = left[i] as number
      this.#right[at] = right[i] as number
      this.#count[at] = count[i] as number
    }
  }
}

function hashOf(left: number, right: number): number {
  let hash = Math.imul(left ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(right + 0x7f4a7c15, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
