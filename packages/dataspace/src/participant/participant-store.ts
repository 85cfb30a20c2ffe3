import type { Transaction } from 'kysely'
import type { DataspaceTables } from '../tables.ts'
import type { Participant } from './participant.ts'

export interface ParticipantStore {
  /** Throws `dataspace.participant_exists`. There is no update: who joined, joined. */
  create(tx: Transaction<DataspaceTables>, participant: Participant): Promise<void>
  find(id: string): Promise<Participant | undefined>
  /** In the order of joining. */
  list(): Promise<readonly Participant[]>
}
