import type { ColumnType, Generated } from 'kysely'

/** Written as JSON text, read as a value. */
type Json = ColumnType<unknown, string, string>
type OptionalJson = ColumnType<unknown, string | null, string | null>
type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null, Date | null>

export interface ComputeTables {
  compute_days: {
    seq: Generated<string>
    id: string
    snapshot: string
    source_file: string
    name: string
    origin: string
    source: string
    starts_at: Time
    slots: number
    slot_minutes: number
    jobs: number
    participants: number
    sites: Json
    uploaded_by: string
    uploaded_at: Time
  }
  compute_plans: {
    seq: Generated<string>
    id: string
    day: string
    snapshot: string
    kind: string
    state: string
    effort: Json
    asked_by: string
    asked_at: Time
    finished_at: OptionalTime
    result: OptionalJson
    failure: OptionalJson
  }
  compute_events: {
    seq: Generated<string>
    id: string
    plan: string
    state: string
    request: Json
    from_at: Time
    to_at: Time
    announced_by: string
    announced_at: Time
    promise: Json
    record: string
    settlement: OptionalJson
  }
  compute_quotas: {
    participant: string
    share: number
    chip_hours: number
    kwh: number
    sites: OptionalJson
    granted_at: Time
  }
  compute_jobs: {
    seq: Generated<string>
    id: string
    participant: string
    state: string
    ask: Json
    reason: Json
    held_chip_hours: number
    held_kwh: number
    placement: OptionalJson
    usage: OptionalJson
    asked_at: Time
    ended_at: OptionalTime
    handed_at: OptionalTime
    started_at: OptionalTime
    cancel_asked_at: OptionalTime
    record: string | null
  }
  compute_power: {
    site: string
    minute: Time
    kw: number
    limit_kw: number
  }
}
