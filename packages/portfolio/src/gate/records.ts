import type { LoggedRecord, Predicate, RecordKind } from '@dengta/evidence'

export type Records = readonly LoggedRecord[]

export function predicateOf<K extends RecordKind>(record: LoggedRecord<K>): Predicate<K> {
  return record.statement.predicate
}

/** The records of a kind that fit, in the order of the log. */
export function ofKind<K extends RecordKind>(
  records: Records,
  kind: K,
  fits: (predicate: Predicate<K>) => boolean = () => true,
): readonly LoggedRecord<K>[] {
  const right = records.filter((record): record is LoggedRecord & LoggedRecord<K> => record.kind === kind)
  return right.filter((record) => fits(predicateOf<K>(record))).sort((a, b) => a.index - b.index)
}

export function newest<K extends RecordKind>(
  records: Records,
  kind: K,
  fits?: (predicate: Predicate<K>) => boolean,
): LoggedRecord<K> | undefined {
  return ofKind(records, kind, fits).at(-1)
}

/** The records of one scenario alone: what other scenarios state can move none of its gates. */
export function ofScenario(records: Records, scenario: string): Records {
  return records.filter(({ statement }) => statement.predicate.scenario === scenario)
}

/** What was on record at a moment, that moment included. */
export function recordsUntil(records: Records, at: Date): Records {
  return records.filter(({ statement }) => new Date(statement.predicate.at).getTime() <= at.getTime())
}

/** The ids of the records given, each once, in the order of the log. */
export function basisOf(...used: readonly (LoggedRecord | undefined)[]): readonly string[] {
  const known = used.filter((record) => record !== undefined).sort((a, b) => a.index - b.index)
  return [...new Set(known.map(({ id }) => id))]
}
