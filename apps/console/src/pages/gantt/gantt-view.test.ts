import { expect, test } from 'vitest'
import { manyBars } from '../../testing/many-bars.ts'
import { ganttModel } from './gantt-model.ts'
import { AXIS, barAt, bring, type GanttView, pan, reveal, rowsInSight, slotOf, xOf, yOf, zoom } from './gantt-view.ts'

const whole: GanttView = { from: 0, to: 96, top: 0, rowTall: 10, wide: 960, tall: 526 }

test('zooming keeps the slot under the pointer in its place', () => {
  const near = zoom(whole, 96, 4, 480)
  expect(near.to - near.from).toBe(24)
  expect(slotOf(near, 480)).toBeCloseTo(48, 9)
  expect(xOf(near, 48)).toBeCloseTo(480, 9)
})

test('one can neither zoom out past the day nor in past two slots', () => {
  expect(zoom(whole, 96, 0.1, 300)).toMatchObject({ from: 0, to: 96 })
  const closest = zoom(whole, 96, 1e9, 300)
  expect(closest.to - closest.from).toBeCloseTo(2, 9)
})

test('panning stops at both ends of the day', () => {
  const near = zoom(whole, 96, 4, 480)
  expect(pan(near, 96, -1e6)).toMatchObject({ from: 0, to: 24 })
  expect(pan(near, 96, 1e6)).toMatchObject({ from: 72, to: 96 })
  expect(pan(whole, 96, 100)).toMatchObject({ from: 0, to: 96 })
})

test('a bar that is revealed lies in sight, and is found at its own point', () => {
  const model = ganttModel(manyBars(2_000))
  let view = zoom(whole, 96, 6, 0)
  for (let bar = 0; bar < model.count; bar += 37) {
    view = reveal(view, model, bar)
    const y = yOf(view, model.row[bar]!) + view.rowTall / 2
    const x = xOf(view, Math.max(view.from, model.start[bar]!)) + 1
    expect(y).toBeGreaterThan(AXIS)
    expect(y).toBeLessThan(view.tall)
    expect(barAt(model, view, x, y)).toBe(bar)
  }
})

test('a bar that is brought comes to the middle, unless its row is in sight', () => {
  const model = ganttModel(manyBars(2_000))
  const far = bring(whole, model, model.count - 1)
  const middle = AXIS + (whole.tall - AXIS) / 2
  expect(Math.abs(yOf(far, model.row[model.count - 1]!) - middle)).toBeLessThanOrEqual(whole.rowTall)
  expect(bring(far, model, model.count - 1)).toEqual(far)
  expect(bring(far, model, 0).top).toBe(0)
})

test('only rows in sight are drawn', () => {
  const model = ganttModel(manyBars(5_000))
  const [low, high] = rowsInSight(model, { ...whole, top: 1_000 })
  expect([low, high]).toEqual([100, 150])
  expect(rowsInSight(model, { ...whole, top: 1e6 })[1]).toBe(model.rows)
})
