import { expect, test } from 'vitest'
import { SameTexts } from './same-texts.ts'

test('a text is answered as it is, known or not, and when there are more than are remembered', () => {
  const texts = new SameTexts()
  const asked = Array.from({ length: 25_000 }, (_, i) => `host-${i % 12_000}`)
  expect(asked.map((text) => texts.of(text))).toEqual(asked)
})
