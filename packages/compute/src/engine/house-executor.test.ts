import { fixedClock } from '@dengta/kernel'
import { expect, test } from 'vitest'
import type { Order } from '../executor/executor.ts'
import { MemoryExecutor } from '../executor/memory-executor.ts'
import { localErrors } from '../local/local-errors.ts'
import { houseExecutor } from './house-executor.ts'

const ORDER: Order = {
  ...{ job: 'j', participant: 'lab', site: 'north', chip: 'a100', chips: 4, wattsPerChip: 100, kw: 0.4, minutes: 60 },
  ...{ mayPause: true, command: ['demo'] },
}

test('an order that the engine does not take now is handed out again after ten seconds, not in every step', async () => {
  const clock = fixedClock('2026-11-22T08:00:00Z')
  const inner = new MemoryExecutor({ clock, pools: [{ site: 'north', chip: 'a100', count: 8 }] })
  let broken = true
  const submit = inner.submit.bind(inner)
  inner.submit = async (order, held) => {
    if (broken) throw localErrors.pool({ job: order.job, site: order.site, chip: order.chip, chips: 4, count: 0 })
    await submit(order, held)
  }
  const said: string[] = []
  const hand = async ({ job }: Order) => said.push(`hand ${job}`) > 0
  const refused = async (job: string) => void said.push(`refused ${job}`)
  const house = houseExecutor(inner, { clock, hand, refused })
  for (let second = 0; second < 12; second += 1) {
    await house.submit(ORDER, false)
    clock.advance(1000)
  }
  expect(said).toEqual(['hand j', 'refused j', 'hand j', 'refused j'])
  broken = false
  clock.advance(10_000)
  await house.submit(ORDER, false)
  expect((await house.jobs()).map(({ job }) => job)).toEqual(['j'])
})

test('usage that no record would take hides none behind it', async () => {
  const clock = fixedClock('2026-11-22T08:00:00Z')
  const inner = new MemoryExecutor({ clock, pools: [] })
  const good = { job: 'good', startedAt: 1000, endedAt: 2000, chips: 1, chipHours: 1 }
  const odd = [
    { ...good, startedAt: Number.NaN },
    { ...good, endedAt: 500 },
    { ...good, chipHours: -1 },
    { ...good, joules: { value: Number.POSITIVE_INFINITY, method: 'metered', source: 'a broken meter' } as const },
  ]
  inner.usage = async () => [...odd, good]
  const house = houseExecutor(inner, { clock, hand: async () => true, refused: async () => {} })
  expect(await house.usage(0)).toEqual([good])
})
