import type { ColumnType, Generated } from 'kysely'

type Time = ColumnType<Date, Date, never>
/** Written as JSON text, read as a value. */
type Jsonb = ColumnType<unknown, string, never>

export interface OpenTables {
  benchmarks: {
    id: string
    scenario: string | null
    owner: string
    /** Canonical JSON; its SHA-256 is `definition_digest`. */
    definition: string
    definition_digest: string
    /** Digest of the file as handed in, a blob. */
    file: string
    record: string
    created_at: Time
  }
  data_checks: {
    seq: Generated<string>
    dataset: string
    benchmark: string
    report: Jsonb
    record: string
    checked_at: Time
  }
  data_sets: {
    seq: Generated<string>
    id: string
    benchmark: string
    origin: string
    licence: string
    source: string
    rows: number
    open_rows: number
    hidden_rows: number
    commitment: string
    hidden_commitment: string
    open_part: string
    /** SHA-256 of the sealed file, kept under `sealed/` and nowhere else. */
    sealed_file: string
    faults: Jsonb
    leak: Jsonb
    quality_record: string
    leak_record: string
    seal_record: string
    sealed_at: Time
  }
}
