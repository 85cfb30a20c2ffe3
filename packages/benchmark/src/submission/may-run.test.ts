import { expect, test } from 'vitest'
import { mayRun } from './submission.ts'

test.each([
  ['onnx', 'bubblewrap', true, true],
  ['onnx', 'bubblewrap', false, false],
  ['onnx', 'process', false, false],
  ['trees', 'bubblewrap', true, true],
  ['trees', 'bubblewrap', false, false],
  ['trees', 'process', false, true],
  ['predictions', 'process', false, true],
] as const)('%s at level %s, self-test held: %s -> %s', (form, level, held, expected) => {
  expect(mayRun(form, { level, held })).toBe(expected)
})
