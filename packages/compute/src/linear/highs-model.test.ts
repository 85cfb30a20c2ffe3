import { expect, test } from 'vitest'
import { loadHighs } from './highs-model.ts'
import type { LinearColumns } from './linear-model.ts'

const open = await loadHighs()

/** Three things of worth 3, 2 and 2 that weigh 2, 1 and 1, of which a weight of 2.5 may be taken. */
const THINGS: LinearColumns = {
  cost: Float64Array.of(-3, -2, -2),
  starts: Int32Array.of(0, 1, 2, 3),
  rows: Int32Array.of(0, 0, 0),
  values: Float64Array.of(2, 1, 1),
}
const LIMITS = Float64Array.of(2.5)

test('solves, and tells what one more unit of a limit would save', () => {
  const model = open(LIMITS, THINGS)
  expect(model.solve()).toBeCloseTo(-4.75)
  const { values, prices } = model.optimum()
  expect([...values].map((value) => Number(value.toFixed(6)))).toEqual([0.25, 1, 1])
  expect(prices[0]).toBeCloseTo(1.5)
  model.close()
})

test('holds columns in, out and free again, and gives up where that costs more than is allowed', () => {
  const model = open(LIMITS, THINGS)
  model.solve()
  const back = model.mark()
  model.hold(Int32Array.of(0), 'in')
  expect(model.solve(-4.5)).toBeUndefined()
  expect(model.solve(-3.9)).toBeCloseTo(-4)
  model.hold(Int32Array.of(0), 'free')
  back()
  expect(model.solve()).toBeCloseTo(-4.75)
  model.hold(Int32Array.of(2, 1), 'out')
  expect(model.solve()).toBeCloseTo(-3)
  model.close()
})

test('takes more columns, and goes on from where it was', () => {
  const model = open(LIMITS, THINGS)
  model.solve()
  const more = { ...THINGS, cost: Float64Array.of(-10), starts: Int32Array.of(0, 1) }
  model.add({ ...more, rows: Int32Array.of(0), values: Float64Array.of(2.5) })
  expect(model.solve()).toBeCloseTo(-10)
  expect(model.optimum().values).toHaveLength(4)
  model.close()
})

test('a program that cannot be solved is given up', () => {
  const model = open(LIMITS, THINGS)
  model.hold(Int32Array.of(0, 1), 'in')
  expect(model.solve()).toBeUndefined()
  model.close()
})
