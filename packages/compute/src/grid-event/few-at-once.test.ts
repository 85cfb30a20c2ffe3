import { expect, test } from 'vitest'
import { fewAtOnce } from './few-at-once.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('two work, two wait in turn, the fifth is refused; a failure gives its place on', async () => {
  const few = fewAtOnce({ atOnce: 2, waiting: 2, refused: () => new Error('too many') })
  const begun: string[] = []
  const ends = new Map<string, { readonly done: () => void; readonly failed: (error: Error) => void }>()
  const ask = (name: string) =>
    few(() => {
      begun.push(name)
      return new Promise<string>((done, failed) => ends.set(name, { done: () => done(name), failed }))
    })
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(ask)
  await expect(ask('e')).rejects.toThrow('too many')
  expect(begun).toEqual(['a', 'b'])
  ends.get('b')!.failed(new Error('broken'))
  await expect(b).rejects.toThrow('broken')
  await settled()
  expect(begun).toEqual(['a', 'b', 'c'])
  ends.get('a')!.done()
  expect(await a).toBe('a')
  await settled()
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
  for (const name of ['c', 'd']) ends.get(name)!.done()
  expect(await Promise.all([c, d])).toEqual(['c', 'd'])
  const f = ask('f')
  await settled()
  ends.get('f')!.done()
  expect(await f).toBe('f')
})
