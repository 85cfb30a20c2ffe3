import { expect, test } from 'vitest'
import { reservationKeeper } from './event-reservations.ts'
import type { PowerReservations } from './power-reservations.ts'

const HOUR = 3_600_000
const kept = { event: 'event-1', site: 'north', kw: 40.0001, from: HOUR, to: 3 * HOUR }

/** A Slurm that notes what it is asked for. */
function notedSlurm(there: string[]) {
  const asked: string[] = []
  const slurm: PowerReservations = {
    names: async () => [...there],
    create: async (made) => {
      for (const { name, minutes } of made) asked.push(`create ${name} ${minutes} min`)
      there.push(...made.map(({ name }) => name))
    },
    remove: async (names) => {
      for (const name of names) asked.push(`remove ${name}`)
      there.splice(0, there.length, ...there.filter((name) => !names.includes(name)))
    },
  }
  return { slurm, asked }
}

test('what is kept is reserved once, anew where its power changes, and given back when it is over', async () => {
  const { slurm, asked } = notedSlurm(['maintenance', 'dengta_event-0_west_7'])
  const keep = reservationKeeper(slurm)
  await keep([kept])
  await keep([kept])
  await keep([{ ...kept, kw: 30 }])
  await keep([])
  expect(asked).toEqual([
    'create dengta_event-1_north_40001 120 min',
    'remove dengta_event-0_west_7',
    'create dengta_event-1_north_30000 120 min',
    'remove dengta_event-1_north_40001',
    'remove dengta_event-1_north_30000',
  ])
  expect(await slurm.names()).toEqual(['maintenance'])
})

test('a refusal is tried again with the next step', async () => {
  const { slurm, asked } = notedSlurm([])
  let refuses = true
  const keep = reservationKeeper({
    ...slurm,
    create: (made) => (refuses ? Promise.reject(new Error('not now')) : slurm.create(made)),
  })
  await expect(keep([kept])).rejects.toThrow('not now')
  refuses = false
  await keep([kept])
  expect(asked).toHaveLength(1)
})
