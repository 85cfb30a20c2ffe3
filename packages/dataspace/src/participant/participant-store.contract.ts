import type { Store } from '@dengta/store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DataspaceTables } from '../tables.ts'
import type { Participant } from './participant.ts'
import type { ParticipantStore } from './participant-store.ts'

const lab: Participant = {
  id: 'grid-lab',
  name: '电网实验室',
  roles: ['developer', 'auditor'],
  keyId: 'a'.repeat(64),
  record: 'b'.repeat(64),
  joinedAt: new Date('2026-11-22T08:00:00.000Z'),
}

export interface OpenParticipantStore {
  readonly store: Store
  readonly participants: ParticipantStore
}

/** Every implementation runs these same cases. `open` answers a fresh store. */
export function participantStoreContract(name: string, open: () => Promise<OpenParticipantStore>): void {
  describe(`participant store, ${name}`, () => {
    let opened: OpenParticipantStore
    beforeEach(async () => {
      opened = await open()
    })
    afterEach(() => opened.store.close())

    const create = (participant: Participant) =>
      opened.store.transaction<DataspaceTables, void>((tx) => opened.participants.create(tx, participant))

    test('gives back what was written, in the order of joining', async () => {
      const earlier = { ...lab, id: 'mine', joinedAt: new Date('2026-11-21T00:00:00.000Z') }
      await create(lab)
      await create(earlier)
      expect(await opened.participants.find('grid-lab')).toEqual(lab)
      expect(await opened.participants.find('nobody')).toBeUndefined()
      expect(await opened.participants.list()).toEqual([earlier, lab])
    })

    test('an id is taken once, and the first stays', async () => {
      await create(lab)
      await expect(create({ ...lab, name: 'impostor' })).rejects.toMatchObject({
        code: 'dataspace.participant_exists',
      })
      expect(await opened.participants.find('grid-lab')).toEqual(lab)
    })
  })
}
