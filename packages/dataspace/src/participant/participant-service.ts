import { type Clock, keyId } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { Store } from '@dengta/store'
import { dataspaceErrors } from '../errors.ts'
import type { DataspaceTables } from '../tables.ts'
import { HOUSE, joining, type Newcomer, type Participant } from './participant.ts'
import type { ParticipantStore } from './participant-store.ts'

export interface ParticipantService {
  /** Makes a key for the newcomer and records the joining under it. Throws `dataspace.participant_exists`. */
  register(newcomer: Newcomer): Promise<Participant>
  list(): Promise<readonly Participant[]>
  /** Throws `dataspace.participant_missing`. */
  get(id: string): Promise<Participant>
  /** Registers the house itself at its first start; later it only answers it. */
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
  const get = async (id: string): Promise<Participant> => {
    const participant = await participants.find(id)
    if (participant === undefined) throw dataspaceErrors.participant_missing({ id })
    return participant
  }
  return {
    register: (newcomer) => register(parts, newcomer),
    list: () => participants.list(),
    get,
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
