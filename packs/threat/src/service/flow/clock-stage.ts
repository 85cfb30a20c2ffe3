import { fillText, type Text } from '@dengta/kernel'
import { isAhead } from '../../pipeline/stage/live-time.ts'
import type { Stage, StageInput } from '../../pipeline/stage/stage.ts'

/** Alerts of one stream whose times lie too far ahead of their receipt. */
interface Ahead {
  readonly count: number
  /** Milliseconds since 1970: of the newest of them, by its sender, and by the clock of the house. */
  readonly eventMs: number
  readonly receivedMs: number
}

/** Streams kept apart; that which was well longest is forgotten first. */
const MAX_STREAMS = 100
/** So long a notice stays after the last such alert, milliseconds. */
const SAID_MS = 86_400_000
const MINUTE_MS = 60_000
/** Where the times of JavaScript end. */
const LAST_TIME = 8.64e15

/** Counts by stream the alerts that come from the future by the clock of the house. Concludes nothing. */
export class ClockStage implements Stage {
  readonly name = 'clock'
  readonly #aheadMs: number
  #streams = new Map<string, Ahead>()
  #nowMs = Number.NEGATIVE_INFINITY

  constructor(aheadMs: number) {
    this.#aheadMs = aheadMs
  }

  push(input: StageInput): void {
    if (input.kind === 'time' && Number.isFinite(input.ms)) this.#nowMs = input.ms
    if (input.kind !== 'alert' || !isAhead(input.alert, this.#aheadMs)) return
    const { file, eventMs, receivedMs } = input.alert
    const count = (this.#streams.get(file)?.count ?? 0) + 1
    this.#streams.delete(file)
    this.#streams.set(file, { count, eventMs, receivedMs })
    if (this.#streams.size > MAX_STREAMS) this.#streams.delete(this.#streams.keys().next().value as string)
  }

  save(): unknown {
    return new Map(this.#streams)
  }

  restore(state: unknown): void {
    this.#streams = state as Map<string, Ahead>
  }

  /** What to say of the streams of the last day of the flow, the newest first. */
  notices(): { readonly id: string; readonly text: Text }[] {
    const recent = [...this.#streams].filter(([, { receivedMs }]) => this.#nowMs - receivedMs <= SAID_MS).reverse()
    return recent.map(([source, { count, eventMs }]) => {
      const time = new Date(Math.min(eventMs, LAST_TIME)).toISOString()
      return {
        id: `ahead ${source}`,
        text: fillText(AHEAD, { source, count, time, minutes: this.#aheadMs / MINUTE_MS }),
      }
    })
  }
}

const AHEAD: Text = {
  en: '{count} {count:alert|alerts} of {source} {count:carries a time|carry times} more than {minutes} minutes ahead of receipt, the last one {time}. They are decided at the time of their receipt and not correlated: set clock and time zone of the source right, or raise DENGTA_THREAT_AHEAD_SECONDS',
  zh: '来自 {source} 的 {count} 条告警，其时间比接收时间超前 {minutes} 分钟以上，最近一条为 {time}。这些告警按接收时间研判，不参与关联：请校正来源的时钟与时区，或调大 DENGTA_THREAT_AHEAD_SECONDS',
}
