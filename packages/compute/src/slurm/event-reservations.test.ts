import { expect, test } from 'vitest'
import { reservationKeeper } from './event-reservations.ts'
import type { PowerReservations } from './power-reservations.ts'

const HOUR = 3_600_000
const kept = { event: 'event-1', site: 'north', leftKw: 9.9999, from: HOUR, to: 3 * HOUR }

/** A Slurm that notes what it is asked for, and takes no more at a time than the guard of the site, as Slurm does. */
function notedSlurm(there: string[]) {
  const asked: string[] = []
  const guard = { kw: 50 }
  const standing = new Map(there.map((name) => [name, 0]))
  const take = (name: string, kw: number): void => {
    const others = [...standing].reduce((sum, [other, each]) => (other === name ? sum : sum + each), 0)
    if (others + kw > guard.kw) throw new Error('Invalid license specification')
    standing.set(name, kw)
  }
  const slurm: PowerReservations = {
    guards: async (sites) => new Map(sites.map((site) => [site, guard.kw])),
    names: async () => [...standing.keys()],
    create: async (made) => {
      for (const { name, kw, minutes } of made) {
        take(name, kw)
        asked.push(`create ${name} ${kw.toFixed(4)} kW ${minutes} min`)
      }
    },
    change: async (changed) => {
      for (const { name, kw } of changed) {
        take(name, kw)
        asked.push(`change ${name} ${kw.toFixed(4)} kW`)
      }
    },
    remove: async (names) => {
      for (const name of names) {
        asked.push(`remove ${name}`)
        standing.delete(name)
      }
    },
  }
  return { slurm, asked, guard }
}

test('all but what an event leaves is reserved once, changed where the guard changes, and given back when it is over', async () => {
  const { slurm, asked, guard } = notedSlurm(['maintenance', 'dengta_event-0_west_7'])
  const keep = reservationKeeper(slurm)
  await keep([kept])
  await keep([kept])
  guard.kw = 42
  await keep([kept])
  guard.kw = 8
  await keep([kept])
  guard.kw = 50
  await keep([kept])
  await keep([])
  await keep([])
  expect(asked).toEqual([
    'remove dengta_event-0_west_7',
    'create dengta_event-1_north 40.0001 kW 120 min',
    'change dengta_event-1_north 32.0001 kW',
    'remove dengta_event-1_north',
    'create dengta_event-1_north 40.0001 kW 120 min',
    'remove dengta_event-1_north',
  ])
  expect(await slurm.names()).toEqual(['maintenance'])
})

test('an event that takes the place of another finds its power free, also where both would be too much', async () => {
  const { slurm, asked } = notedSlurm([])
  const keep = reservationKeeper(slurm)
  await keep([kept])
  await keep([{ ...kept, event: 'event-2', leftKw: 1 }])
  expect(asked.at(-1)).toBe('create dengta_event-2_north 49.0000 kW 120 min')
  expect(await slurm.names()).toEqual(['dengta_event-2_north'])
})

test('what a house that was killed had reserved is brought to what is wanted now', async () => {
  const { slurm, asked } = notedSlurm(['dengta_event-1_north'])
  await reservationKeeper(slurm)([kept])
  expect(asked).toEqual(['change dengta_event-1_north 40.0001 kW'])
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
