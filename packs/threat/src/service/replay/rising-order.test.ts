import { expect, test } from 'vitest'
import { atOnce } from '../../group/in-steps.ts'
import { risingOrder } from './rising-order.ts'

const orderOf = (...values: number[]) => [...atOnce(risingOrder(Float64Array.from(values)))]

test.each([
  ['nothing', []],
  ['one', [7]],
  ['one run', [1, 2, 2, 3]],
  ['two runs, equal ones in their order', [1, 3, 3, 1, 2, 3]],
  ['three runs', [5, 6, 1, 9, 0, 4]],
  ['a fall', [5, 4, 3, 2, 1]],
])('%s', (_, values) => {
  const places = values.map((_each, at) => at)
  expect(orderOf(...values)).toEqual(places.sort((one, other) => values[one]! - values[other]! || one - other))
})

test('many values are taken up in many small steps', () => {
  const values = Float64Array.from({ length: 100_000 }, (_, at) => at % 50_000)
  const work = risingOrder(values)
  let steps = 0
  let step = work.next()
  for (; !step.done; step = work.next()) steps += 1
  expect(steps).toBeGreaterThan(40)
  expect([...step.value.slice(0, 4), ...step.value.slice(-2)]).toEqual([0, 50_000, 1, 50_001, 49_999, 99_999])
})
