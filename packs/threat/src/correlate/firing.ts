import type { Correlation } from './correlation.ts'

/** A correlation whose condition held when an event came. It holds again with every further event of the group: for people `Grouper` makes one of them. */
export interface Firing {
  /** Number of the firing, from 0 on; the same again after a restore, so that a sink can tell what it has already. */
  readonly sequence: number
  readonly correlation: Correlation
  /** The event that completed it, as the caller numbered it, and its time in milliseconds. */
  readonly event: number
  readonly time: number
  /** Values of the group-by fields, in their order. */
  readonly group: readonly string[]
  /** The count, sum, mean, … that met the condition. */
  readonly value: number
  /** Events in the window, and the time of the first. For temporal_ordered those of the latest chain. */
  readonly events: number
  readonly firstTime: number
  /** False where only other correlations read it and none says `generate: true`. */
  readonly alerts: boolean
}
