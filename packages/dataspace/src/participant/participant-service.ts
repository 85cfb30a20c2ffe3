import { type Caller, type Clock, HOUSE, keyId } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { Store } from '@dengta/store'
import { dataspaceErrors } from '../errors.ts'
import type { DataspaceTables } from '../tables.ts'
import { callerOf, joining, type Newcomer, type Participant } from './participant.ts'
import type { ParticipantStore } from './participant-store.ts'

export interface ParticipantService {
  /** Makes a key for the newcomer; the house records the joining. Throws `dataspace.participant_exists`. */
  register(newcomer: Newcomer): Promise<Participant>
  list(): Promise<readonly Participant[]>
  /** A participant as the one who asks; undefined for an unknown id. */
  caller(id: string): Promise<Caller | undefined>
  /** Registers the house itself, which must be the first record of the log; later it only answers it. */
  ensureHouse(): Promise<Participant>
}

export interface ParticipantServiceParts {
  readonly store: Store
  readonly participants: ParticipantStore
  readonly ledger: Ledger
  readonly clock: Clock
}

const house: Newcomer = { id: HOUSE, name: 'Dengta', roles: ['operator'] }

export function participantService(parts: ParticipantServiceParts): ParticipantService {
  const { participants } = parts
  return {
    register: (newcomer) => register(parts, newcomer),
    list: () => participants.list(),
    caller: async (id) => {
      const participant = await participants.find(id)
      return participant && callerOf(participant)
    },
    ensureHouse: async () => (await participants.find(HOUSE)) ?? register(parts, house),
  }
}

async function register(parts: ParticipantServiceParts, newcomer: Newcomer): Promise<Participant> {
  const { store, participants, ledger, clock } = parts
  const { id } = newcomer
  if (await participants.find(id)) throw dataspaceErrors.participant_exists({ id })
  const key = await ledger.createKey(id)
  return store.transaction<DataspaceTables, Participant>(async (tx) => {
    const record = await ledger.append(tx, joining(newcomer, key))
    const participant = { ...newcomer, keyId: keyId(key), record: record.id, joinedAt: clock.now() }
    await participants.create(tx, participant)
    return participant
  })
}
