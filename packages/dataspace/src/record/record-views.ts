import type { LoggedRecord, TrustRoot } from '@dengta/evidence'
import { keyId } from '@dengta/kernel'
import type { LogHead, WitnessView } from '@dengta/ledger'
import type { LogView, RecordSummary, RecordView } from '@dengta/sdk'

export function summaryOf({ id, index, kind, statement }: LoggedRecord): RecordSummary {
  const { actor, at, scenario } = statement.predicate
  const subjects = statement.subject.map(({ name, digest }) => ({ name, sha256: digest.sha256 }))
  return { id, index, kind, actor, at, subjects, ...(scenario === undefined ? {} : { scenario }) }
}

export function viewOf(record: LoggedRecord, usedBy: readonly LoggedRecord[]): RecordView {
  return {
    ...summaryOf(record),
    predicate: { ...record.statement.predicate },
    keyId: keyId(record.key),
    envelope: record.envelope,
    usedBy: usedBy.map(summaryOf),
  }
}

export function logViewOf(head: LogHead, trust: TrustRoot): LogView {
  const witnesses = head.witnesses.map(witnessViewOf)
  return { ...head, witnesses, origin: trust.origin, logKeyId: keyId(trust.log) }
}

function witnessViewOf({ name, cosignedSize, refusal }: WitnessView): LogView['witnesses'][number] {
  if (refusal === undefined) return { name, cosignedSize }
  return { name, cosignedSize, refusal: { ...refusal, at: refusal.at.toISOString() } }
}
