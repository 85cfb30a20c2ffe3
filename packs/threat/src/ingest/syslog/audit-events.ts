import type { AuditRecord } from './audit-record.ts'

/** A field that several records of an event have is a list. */
export type AuditEvent = Readonly<Record<string, string | readonly string[]>>

interface Open {
  readonly records: AuditRecord[]
  /** Number of the record that came last. */
  readonly last: number
}

/** Reported by programs, not by the kernel: such an event is a single record. */
const SINGLE =
  /^(?:USER|CRED|SERVICE|SYSTEM|DAEMON|ADD|DEL|ACCT|GRP|CRYPTO|VIRT|ROLE|CHUSER|CHGRP|USYS|LABEL|RESP)(?:_|$)/
const LAST = new Set(['PROCTITLE', 'EOE'])
/** Records that may come between two of one event. */
const APART = 64
const MAX_RECORDS = 512
/** A long argument comes in pieces, `a1[0]`, `a1[1]`, ..., in as many records as it needs. */
const PIECE = /^(.+)\[\d+\]$/

/**
 * Puts the records of one event together (mapping/9-auditd.yml): `type` lists theirs, other fields lie side by side. An
 * event is over with its last record, or once many others have come; so the same lines always give the same events.
 */
export class AuditEvents {
  readonly #open = new Map<string, Open>()
  #count = 0

  push(record: AuditRecord): AuditEvent[] {
    this.#count += 1
    const key = `${record.node ?? ''} ${record.id}`
    const open = this.#open.get(key)
    if (!open && record.type === 'EOE') return this.#takeOld()
    if (!open && SINGLE.test(record.type)) return [...this.#takeOld(), eventOf([record])]
    const records: AuditRecord[] = open?.records ?? []
    if (records.length < MAX_RECORDS) records.push(record)
    // those heard of last lie at the end
    this.#open.delete(key)
    if (LAST.has(record.type)) return [...this.#takeOld(), eventOf(records)]
    this.#open.set(key, { records, last: this.#count })
    return this.#takeOld()
  }

  /** All that is left. */
  end(): AuditEvent[] {
    const left = [...this.#open.values()].map(({ records }) => eventOf(records))
    this.#open.clear()
    return left
  }

  #takeOld(): AuditEvent[] {
    const old: AuditEvent[] = []
    for (const [key, { records, last }] of this.#open) {
      if (this.#count - last < APART) break
      this.#open.delete(key)
      old.push(eventOf(records))
    }
    return old
  }
}

function eventOf(records: readonly AuditRecord[]): AuditEvent {
  const event: Record<string, string | string[]> = Object.create(null)
  const [first] = records as [AuditRecord]
  event['@timestamp'] = new Date(first.timeMs).toISOString()
  event.msg = first.id
  if (first.node !== undefined) event.node = first.node
  const pieces = new Map<string, string>()
  for (const { type, fields } of records) {
    if (type !== 'EOE') add(event, 'type', type)
    for (const [name, value] of fields) {
      const whole = PIECE.exec(name)?.[1]
      if (whole === undefined) add(event, name, value)
      else pieces.set(whole, (pieces.get(whole) ?? '') + value)
    }
  }
  for (const [name, value] of pieces) add(event, name, value)
  return event
}

function add(event: Record<string, string | string[]>, name: string, value: string): void {
  const before = event[name]
  if (before === undefined) event[name] = value
  else if (typeof before !== 'string') before.push(value)
  else if (before !== value) event[name] = [before, value]
}
