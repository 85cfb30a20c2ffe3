import type { Store } from '@dengta/store'
import { describe, expect, test } from 'vitest'
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

/** Every implementation runs these same cases. `open` answers a fresh store. */
export function participantStoreContract(
  name: string,
  open: () => Promise<{ store: Store; participants: ParticipantStore }>,
): void {
  describe(`participant store, ${name}`, () => {
    const create = (store: Store, participants: ParticipantStore, participant: Participant) =>
      store.transaction<DataspaceTables, void>((tx) => participants.create(tx, participant))

    test('gives back what was written, in the order of joining', async () => {
      const { store, participants } = await open()
      const earlier = { ...lab, id: 'mine', joinedAt: new Date('2026-11-21T00:00:00.000Z') }
      await create(store, participants, lab)
      await create(store, participants, earlier)
      expect(await participants.find('grid-lab')).toEqual(lab)
      expect(await participants.find('nobody')).toBeUndefined()
      expect(await participants.list()).toEqual([earlier, lab])
    })

    test('an id is taken once, and the first stays', async () => {
      const { store, participants } = await open()
      await create(store, participants, lab)
      await expect(create(store, participants, { ...lab, name: 'impostor' })).rejects.toMatchObject({
        code: 'dataspace.participant_exists',
      })
      expect(await participants.find('grid-lab')).toEqual(lab)
    })
  })
}
