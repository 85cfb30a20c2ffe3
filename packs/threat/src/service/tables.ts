import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

/**
 * Bodies are JSON as text, not jsonb: what attackers write may hold \u0000 and lone surrogates, which jsonb refuses, and a
 * refused row would stop the flow.
 */
type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null | undefined, Date | null>
type OptionalNumber = ColumnType<number | null, number | null | undefined, number | null>
type OptionalText = ColumnType<string | null, string | null | undefined, string | null>
/** bigint arrives as text. */
type Big = ColumnType<string, string, string>

export interface ThreatTables {
  threat_flows: {
    name: string
    position: Big
    checkpoint_at: ColumnType<string | null, string | undefined, string | null>
    checkpoint: ColumnType<Uint8Array | null, Uint8Array | undefined, Uint8Array | null>
  }
  threat_steps: { flow: string; position: Big; time_ms: Big; body: string }
  threat_credits: { digest: string; body: string }
  threat_alerts: {
    seq: Generated<string>
    id: string
    flow: string
    event_at: Time
    received_at: Time
    rule: string
    title: string
    level: string
    detector: string
    host: string
    stream: string
    line: Big
    credit: string
    found: string
    event: OptionalText
    event_size: number
    slot: number
  }
  threat_alert_slots: { slot: number; turn: Big; alerts: number; since: OptionalTime }
  threat_hits: { rule: string; day: string; alerts: number; last_at: Time }
  threat_groups: {
    seq: Generated<string>
    id: string
    flow: string
    network: string
    number: Big
    signature: string
    level: string
    host: string
    first_at: Time
    last_at: Time
    alerts: number
    action: string
    score: number
    model: string
    body: string
    verdict: OptionalText
    truth: OptionalText
    truth_file: OptionalText
    label_source: OptionalText
    judged_by: OptionalText
    judged_at: OptionalTime
    suppressed: OptionalText
    incident: OptionalText
    batch: OptionalText
    /** The group as its incident saw it last, JSON, where it took more alerts after its decision. */
    grown: OptionalText
  }
  threat_dispositions: {
    seq: Generated<string>
    group_id: string
    kind: string
    verdict: string
    reason: string
    file: OptionalText
    until_at: OptionalTime
    by: string
    at: Time
    source: string
    undone_by: OptionalText
    undone_at: OptionalTime
  }
  threat_incidents: {
    seq: Generated<string>
    id: string
    flow: string
    network: string
    state: string
    severity: string
    rank: number
    first_at: Time
    last_at: Time
    score: number
    groups: number
    alerts: number
    search: string
    techniques: string
    body: string
    merged_into: OptionalText
    ticket: OptionalText
    verdict: OptionalText
    record: OptionalText
  }
  threat_tickets: {
    id: string
    version: number
    state: string
    changed_at: Time
    body: string
    record: OptionalText
    /** Of its severity, 0 is the least. */
    rank: Generated<number>
    looks: Generated<number>
    detected_at: OptionalTime
    closed_at: OptionalTime
    /** Minutes: from the event to detection, from there to the others. */
    to_detect: OptionalNumber
    to_acknowledge: OptionalNumber
    to_respond: OptionalNumber
    to_resolve: OptionalNumber
    to_close: OptionalNumber
  }
  threat_runs: {
    seq: Generated<string>
    id: string
    version: number
    status: string
    incident: OptionalText
    ticket: OptionalText
    body: string
  }
  threat_run_journal: { seq: Generated<string>; run: string; body: string }
  threat_run_facts: { fact: string; run: string; record: string }
  threat_actuators: { number: Generated<number>; action: string; body: string; chosen_by: string; chosen_at: Time }
  threat_playbooks: { id: string; modified: string; body: string; imported_by: string; imported_at: Time }
  threat_webhooks: { id: string; url: string; secrets: string; added_by: string; added_at: Time }
  threat_outbox: {
    seq: Generated<string>
    id: string
    version: number
    endpoint: string
    state: string
    due_at: Time
    ended_at: OptionalTime
    body: string
  }
  threat_models: { seq: Generated<string>; id: string; summary: string; file: string; record: string; learnt_at: Time }
  threat_batches: {
    record: string
    file: string
    flow: string
    decisions: number
    sealed_at: Time
    /** Decisions whose groups retention let go of. */
    gone: Generated<number>
  }
  threat_rule_sets: { seq: Generated<string>; hash: string; loaded_at: Time; body: string }
  threat_rules: {
    id: string
    hash: string
    title: string
    level: string
    rank: number
    product: string
    kind: string
    state: string
    search: string
    techniques: string
    body: string
    yaml: string
  }
  threat_replays: { seq: Generated<string>; id: string; state: string; body: string }
  threat_audit: {
    seq: Generated<string>
    at: Time
    actor: string
    action: string
    target: string
    detail: string
    /** What the act was about, by the first word of its action; the database fills it in. */
    kind: GeneratedAlways<string>
  }
}
