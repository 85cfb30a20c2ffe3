import type { ColumnType } from 'kysely'

type Time = ColumnType<Date, Date, Date>

export interface DataspaceTables {
  participants: {
    id: string
    name: string
    roles: string[]
    key_id: string
    record: string
    joined_at: Time
  }
  tokens: {
    id: string
    participant: string
    /** SHA-256 of the token's text, hexadecimal. The token itself is not kept. */
    hash: string
    expires_at: Time
    revoked_at: ColumnType<Date | null, Date | null, Date>
    last_used_at: ColumnType<Date | null, Date | null, Date>
  }
}
