import { deserialize, serialize } from 'node:v8'
import { expect, test } from 'vitest'
import { Rows } from './rows.ts'

test('rows of any length stay what they were, also one by one through a checkpoint', () => {
  const rows = new Rows()
  const given = Array.from({ length: 2000 }, (_, at) =>
    Array.from({ length: at % 500 === 499 ? 9000 : at % 23 }, () => at),
  )
  const kept = given.map((row) => rows.kept(row))
  expect(kept.map((row) => [...row])).toEqual(given)
  expect(serialize(kept[21]).length).toBeLessThan(300)
  expect([...(deserialize(serialize(kept[21])) as Float64Array)]).toEqual(given[21])
})
