import type { MeterSeries } from '../settlement/meter.ts'
import type { PowerMinute } from './power-minutes.ts'

/** Power of the house's own jobs by minute, kept for two months. */
export interface PowerStore {
  /** The first value of a minute stays. */
  add(minutes: readonly PowerMinute[]): Promise<void>
  /** One series a site from `from` to before `to`, milliseconds since 1970; NaN where the house did not watch. */
  read(from: number, to: number): Promise<readonly MeterSeries[]>
}
