import type { PlanBars } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { GOLDEN, GOLDEN_HOUSE } from '../../testing/golden-house.ts'
import { manyBars } from '../../testing/many-bars.ts'
import { colourIndices } from './gantt-colours.ts'
import { barIn, ganttModel, matches, nextBar } from './gantt-model.ts'

const golden = GOLDEN_HOUSE[`/compute/plans/${GOLDEN.plan}/bars`] as PlanBars
const DAYS = [
  ['the golden plan', golden],
  ['5,000 jobs', manyBars(5_000)],
] as const

test.each(DAYS)('%s: every bar stands in a row of its own pool, none over another', (_, bars) => {
  const model = ganttModel(bars)
  expect(model.first.at(-1)).toBe(bars.bars.job.length)
  for (let row = 0; row < model.rows; row += 1)
    for (let i = model.first[row]!; i < model.first[row + 1]!; i += 1) {
      expect(model.row[i]).toBe(row)
      const { head, lanes } = model.pools[bars.bars.pool[i]!]!
      expect(row > head && row <= head + lanes).toBe(true)
      if (i > model.first[row]!) expect(model.start[i]).toBeGreaterThanOrEqual(model.end[i - 1]!)
    }
})

test.each(DAYS)('%s: the bar of a row and slot is the one that a plain search finds', (_, bars) => {
  const model = ganttModel(bars)
  for (let row = 0; row < model.rows; row += 3)
    for (let slot = 0.5; slot < bars.slots; slot += 5) {
      const plain = bars.bars.job.findIndex(
        (_, i) => model.row[i] === row && model.start[i]! <= slot && model.end[i]! > slot,
      )
      expect(barIn(model, row, slot)).toBe(plain)
    }
})

test('heads of pools hold no bar, and rows that are not there neither', () => {
  const model = ganttModel(golden)
  for (const { head } of model.pools) expect(barIn(model, head, 10)).toBe(-1)
  expect([barIn(model, -1, 1), barIn(model, model.rows, 1)]).toEqual([-1, -1])
})

test('arrows reach every bar, skip rows without one, and stop at the edges', () => {
  const model = ganttModel(golden)
  expect(nextBar(model, -1, 'down')).toBe(0)
  expect(nextBar(model, 0, 'left')).toBe(0)
  expect(nextBar(model, model.count - 1, 'right')).toBe(model.count - 1)
  const rows = new Set([model.row[0]!])
  for (let bar = 0, before = -1; bar !== before; ) {
    before = bar
    bar = nextBar(model, bar, 'down')
    rows.add(model.row[bar]!)
  }
  expect([...rows].toSorted((a, b) => a - b)).toEqual([...new Set(model.row)].toSorted((a, b) => a - b))
})

test('words find jobs, participants, sites and chips in any case; nothing is looked for without words', () => {
  const model = ganttModel(golden)
  expect(matches(model, '  ')).toBeUndefined()
  const site = golden.pools[0]!.site
  const found = matches(model, site.toUpperCase())!
  expect(found.reduce((sum, one) => sum + one, 0)).toBe(
    golden.bars.pool.filter((pool) => golden.pools[pool]!.site === site).length,
  )
  expect(matches(model, 'no such word')!.includes(1)).toBe(false)
})

test('colours follow power, tier and time', () => {
  const model = ganttModel(golden)
  expect(Math.max(...model.level)).toBe(1)
  const power = colourIndices(model, 'power', 0)
  for (let i = 0; i < model.count; i += 1) if (model.level[i] === 1) expect(power[i]).toBe(3)
  expect([...colourIndices(model, 'tier', 0)]).toEqual(golden.bars.tier)
  expect(new Set(colourIndices(model, 'state', golden.slots + 1))).toEqual(new Set([0]))
  expect(new Set(colourIndices(model, 'state', -1))).toEqual(new Set([2]))
})
