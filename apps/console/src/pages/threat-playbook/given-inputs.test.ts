import { expect, test } from 'vitest'
import { givenInputs } from './given-inputs.ts'

test.each([
  ['{"host":"ws-1","n":3}', { host: 'ws-1' }],
  [{ host: 'ws-1' }, { host: 'ws-1' }],
  ['no json', {}],
  ['null', {}],
  [undefined, {}],
  [7, {}],
])('inputs of %j', (given, inputs) => {
  expect(givenInputs(given)).toEqual(inputs)
})
