import { type Caller, HOUSE, keyId, type PublicKey, type Role } from '@dengta/kernel'
import type { NewRecord } from '@dengta/ledger'
import { dataspaceErrors } from '../errors.ts'

/** Whoever takes part, under a key of their own. */
export interface Participant {
  readonly id: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly keyId: string
  /** The record by which they joined. */
  readonly record: string
  readonly joinedAt: Date
}

/** A participant as the one who asks. */
export function callerOf({ id, name, roles }: Participant): Caller {
  return { participant: id, name, roles }
}

/**
 * What asks for two people needs two: who could make, or become, another operator would be both. Throws `dataspace.house_only`
 * unless the operator of this machine asks, or nobody becomes an operator.
 */
export function checkMayAppoint(caller: Caller | undefined, roles: readonly Role[]): void {
  if (roles.includes('operator') && caller?.participant !== HOUSE) throw dataspaceErrors.house_only()
}

export type Newcomer = Pick<Participant, 'id' | 'name' | 'roles'>

/**
 * The house states who joined under which key, and signs it. Its own joining is the first record of the log:
 * there it signs with the very key that it states.
 */
export function joining({ id, name, roles }: Newcomer, key: PublicKey): NewRecord<'participant'> {
  return {
    kind: 'participant',
    actor: HOUSE,
    subjects: [{ name: `participant:${id}`, digest: { sha256: keyId(key) } }],
    predicate: { participant: id, name, roles: [...roles], key: { ...key }, basis: [] },
  }
}
