/** Each bucket reaches a tenth further than the one before; the first ends at 0.1 ms, the last holds all beyond 18 hours. */
const GROWTH = Math.log(1.1)
const FIRST_MS = 0.1
const BUCKETS = 220

/** Counts durations in milliseconds; answers quantiles with an error of at most a tenth. */
export class LatencyHistogram {
  readonly #counts = new Float64Array(BUCKETS)
  #total = 0
  #max = 0

  add(ms: number, times = 1): void {
    const bucket = ms <= FIRST_MS ? 0 : Math.ceil(Math.log(ms / FIRST_MS) / GROWTH)
    const at = Math.min(bucket, BUCKETS - 1)
    this.#counts[at] = (this.#counts[at] as number) + times
    this.#total += times
    if (ms > this.#max) this.#max = ms
  }

  get total(): number {
    return this.#total
  }

  get max(): number {
    return this.#max
  }

  /** The upper end of the bucket that holds the quantile; 0 where nothing was counted. */
  quantile(share: number): number {
    let seen = 0
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      seen += this.#counts[bucket] as number
      if (seen > 0 && seen >= share * this.#total) return Math.min(this.#max, FIRST_MS * Math.exp(GROWTH * bucket))
    }
    return 0
  }
}
