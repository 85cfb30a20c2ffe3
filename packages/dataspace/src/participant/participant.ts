import { keyId, type PublicKey, type Role } from '@dengta/kernel'
import type { NewRecord } from '@dengta/ledger'

/** The participant that is the house itself: it states scores, gates and refusals. */
export const HOUSE = 'house'

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

export type Newcomer = Pick<Participant, 'id' | 'name' | 'roles'>

/** Joining is a fact that the newcomer states about itself, signed by its new key. */
export function joining({ id, name, roles }: Newcomer, key: PublicKey): NewRecord<'participant'> {
  return {
    kind: 'participant',
    actor: id,
    subjects: [{ name: `participant:${id}`, digest: { sha256: keyId(key) } }],
    predicate: { participant: id, name, roles: [...roles], key: { ...key }, basis: [] },
  }
}
