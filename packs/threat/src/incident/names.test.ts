import { expect, test } from 'vitest'
import { atOnce } from '../group/in-steps.ts'
import { Names } from './names.ts'

test('distinct names are counted to a bound, and beyond it the count says that there may be more', () => {
  const names = new Names()
  for (let at = 0; at < 10_000; at += 1) names.add(`host-${at}`)
  names.add('host-5')
  expect(names.seen(2)).toEqual({ names: ['host-0', 'host-1'], count: 10_000 })
  names.add('one more')
  expect(names.seen(1)).toEqual({ names: ['host-0'], count: 10_000, atLeast: true })
  expect(new Names(atOnce(names.freeze())).seen(1)).toEqual(names.seen(1))
  const others = new Names()
  others.add('web')
  others.join(names)
  expect(others.seen(2)).toEqual({ names: ['web', 'host-0'], count: 10_000, atLeast: true })
})
