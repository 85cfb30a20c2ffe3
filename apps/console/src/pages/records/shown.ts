import type { RecordKind } from '@dengta/sdk'

/** What of the log is shown. */
export interface Shown {
  readonly kind?: RecordKind | undefined
  readonly scenario?: string | undefined
  readonly from: number
}
