import type { AlertGroup } from '../group/alert-group.ts'
import type { Past } from './history.ts'

/** A group in the window around now, with what was known of it when it opened. */
export interface WatchedGroup {
  readonly group: AlertGroup
  readonly past: Past
  /** True where its first alert came after its facts were due: what was around it then is not complete. */
  readonly late: boolean
  /** Alerts within one minute of its first, counted until it settled. */
  burst: number
  /** Label-free facts by the order of FACTS; set once the group has settled. */
  facts: Float64Array | undefined
  /** First score: how suspicious it is on its own; set once its facts are. */
  score: number | undefined
}
