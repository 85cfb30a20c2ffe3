import { MINUTE } from '../settlement/meter.ts'

/** One minute of a site. `kw`: mean power of running jobs at their ordered level, an estimate. */
export interface PowerMinute {
  readonly site: string
  /** Start of the minute, milliseconds since 1970. */
  readonly minute: number
  readonly kw: number
  readonly limitKw: number
}

export interface PowerSample {
  readonly site: string
  readonly kw: number
  readonly limitKw: number
}

interface Sum {
  kwMs: number
  ms: number
  limitKw: number
}

/**
 * Means by minute of samples that come at any time; a sample holds until the next. Minutes before the first sample was taken in
 * them are left out, so that no gap is filled with a guess.
 */
export class PowerMinutes {
  #minute: number | undefined
  #at = 0
  #whole = false
  #last = new Map<string, PowerSample>()
  #sums = new Map<string, Sum>()

  /** Answers the minute that this sample completes; nothing where a whole minute or more was slept through. */
  add(at: number, samples: readonly PowerSample[]): readonly PowerMinute[] {
    const minute = Math.floor(at / MINUTE) * MINUTE
    const before = this.#minute
    const done = before !== undefined && minute === before + MINUTE ? this.#close(minute) : []
    if (before !== minute) this.#begin(minute, before === minute - MINUTE)
    this.#hold(at)
    this.#last = new Map(samples.map((sample) => [sample.site, sample]))
    return done
  }

  #close(end: number): PowerMinute[] {
    this.#hold(end)
    if (!this.#whole) return []
    return [...this.#sums].map(([site, { kwMs, ms, limitKw }]) => ({
      ...{ site, minute: end - MINUTE, kw: ms === 0 ? 0 : kwMs / ms, limitKw },
    }))
  }

  #begin(minute: number, follows: boolean): void {
    if (!follows) this.#last = new Map()
    this.#minute = minute
    this.#whole = follows
    this.#at = minute
    this.#sums = new Map()
  }

  #hold(until: number): void {
    const ms = until - this.#at
    for (const { site, kw, limitKw } of this.#last.values()) {
      const sum = this.#sums.get(site) ?? { kwMs: 0, ms: 0, limitKw }
      this.#sums.set(site, {
        kwMs: sum.kwMs + kw * ms,
        ms: sum.ms + ms,
        limitKw: Math.min(sum.limitKw, limitKw),
      })
    }
    this.#at = until
  }
}
