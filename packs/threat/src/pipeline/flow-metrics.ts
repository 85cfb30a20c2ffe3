import type { BatchResult } from './detector/detector-protocol.ts'
import { LatencyHistogram } from './latency-histogram.ts'

/** What happened in one second of the clock. */
export interface FlowSecond {
  /** Seconds since 1970. */
  readonly second: number
  accepted: number
  bytes: number
  evaluated: number
  alerts: number
  findings: number
}

export interface LatencyStatus {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

const SECONDS = 300

/** Counts what flows through, in total and for each of the last 300 seconds in which something came. */
export class FlowMetrics {
  readonly totals = {
    ...{ accepted: 0, bytes: 0, evaluated: 0, unmapped: 0, unreadable: 0, unevaluated: 0 },
    ...{ alerts: 0, findings: 0 },
  }
  readonly #now: () => number
  #latency = new LatencyHistogram()
  readonly #ring: FlowSecond[] = []
  readonly #faults = new Map<string, Record<string, number>>()

  constructor(now: () => number) {
    this.#now = now
  }

  accepted(lines: number, bytes: number): void {
    this.totals.accepted += lines
    this.totals.bytes += bytes
    const second = this.#second()
    second.accepted += lines
    second.bytes += bytes
  }

  evaluated({ events, unmapped, faultyLines }: Pick<BatchResult, 'events' | 'unmapped' | 'faultyLines'>): void {
    this.totals.evaluated += events
    this.totals.unmapped += unmapped
    this.totals.unreadable += faultyLines
    this.#second().evaluated += events
  }

  /** Alerts of one batch, stored; `ms` from the receipt of its first line. */
  stored(alerts: number, ms: number): void {
    this.totals.alerts += alerts
    this.#second().alerts += alerts
    if (alerts > 0) this.#latency.add(ms, alerts)
  }

  concluded(findings: number): void {
    this.totals.findings += findings
    this.#second().findings += findings
  }

  /** A stream's fault, by name. Only the last 1,000 streams with faults are kept apart. */
  fault(stream: string, name: string, times = 1): void {
    const faults = this.#faults.get(stream) ?? {}
    faults[name] = (faults[name] ?? 0) + times
    this.#faults.delete(stream)
    this.#faults.set(stream, faults)
    if (this.#faults.size > 1000) this.#faults.delete(this.#faults.keys().next().value as string)
  }

  get faults(): Readonly<Record<string, Readonly<Record<string, number>>>> {
    return Object.fromEntries(this.#faults)
  }

  /** From receipt to stored alert, milliseconds, since the start or `forgetLatency`. */
  get latency(): LatencyStatus {
    return { p50: this.#latency.quantile(0.5), p99: this.#latency.quantile(0.99), max: this.#latency.max }
  }

  /** The last seconds, the oldest first; the last one is still running. */
  get seconds(): readonly Readonly<FlowSecond>[] {
    return [...this.#ring]
  }

  /** Begins the durations anew, e.g. after a warm-up. */
  forgetLatency(): void {
    this.#latency = new LatencyHistogram()
  }

  #second(): FlowSecond {
    const now = Math.floor(this.#now() / 1000)
    const last = this.#ring.at(-1)
    if (last && last.second >= now) return last
    const next = { second: now, accepted: 0, bytes: 0, evaluated: 0, alerts: 0, findings: 0 }
    this.#ring.push(next)
    if (this.#ring.length > SECONDS) this.#ring.shift()
    return next
  }
}
