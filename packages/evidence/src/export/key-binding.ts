import type { PublicKey } from '@dengta/kernel'
import { predicateOf } from '../statement/statement.ts'
import type { ReadRecord } from './read-record.ts'

/** The keys in force, by participant, and who may register others. */
interface Register {
  readonly house: string | undefined
  readonly keys: ReadonlyMap<string, PublicKey>
}

/**
 * The records whose signing key is not the key of their actor.
 * Leaf 0 of the log is the house's own participant record, signed by the key that it states; every other key
 * is stated by an earlier participant record, signed by the house or by the participant's key until then.
 */
export function unboundRecords(records: readonly ReadRecord[]): ReadonlySet<ReadRecord> {
  const unbound = new Set<ReadRecord>()
  let register: Register = { house: undefined, keys: new Map() }
  for (const record of records) {
    const next = admit(record, register)
    if (next === undefined) unbound.add(record)
    else register = next
  }
  return unbound
}

/** The register after a record, or undefined where the record's key is not the key of its actor. */
function admit({ exported, statement }: ReadRecord, register: Register): Register | undefined {
  if (statement === undefined) return undefined
  const { actor } = statement.predicate
  const joining = predicateOf(statement, 'participant')
  const opensTheLog = exported.index === 0 && joining?.participant === actor
  const expected = opensTheLog ? joining.key : register.keys.get(actor)
  if (expected === undefined || !sameKey(expected, exported.key)) return undefined
  if (joining === undefined) return register
  if (!opensTheLog && actor !== register.house && actor !== joining.participant) return undefined
  return {
    house: opensTheLog ? actor : register.house,
    keys: new Map(register.keys).set(joining.participant, joining.key),
  }
}

function sameKey(a: PublicKey, b: PublicKey): boolean {
  return a.algorithm === b.algorithm && a.spki === b.spki
}
