import type { ColumnType } from 'kysely'

/** bigint arrives as a string and is written as a number; the log stays far below 2^53. */
type BigInt53 = ColumnType<string, number, number>

export interface LogTables {
  log_records: {
    idx: BigInt53
    id: string
    kind: string
    actor: string
    scenario: string | null
    basis: string[]
    /** The participant whose key the record states; null for every other kind. */
    introduces: string | null
    /** The DSSE envelope as JSON text, exactly as signed. */
    envelope: string
    key_algorithm: string
    key_spki: string
  }
  log_nodes: { level: number; idx: BigInt53; hash: Uint8Array }
  log_head: { one: boolean; size: BigInt53; root: Uint8Array; checkpoint: string }
  log_cosignatures: { witness: string; size: BigInt53; checkpoint: string; cosignature: string }
  log_refusals: { witness: string; size: BigInt53; status: number; answer: string; at: ColumnType<Date, Date, Date> }
}
