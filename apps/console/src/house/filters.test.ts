import { incidentQuery, ruleQuery } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { readFilters } from './filters.ts'

test('what fits the query is read, numbers and all; the rest of the address is left alone', () => {
  const search = { severity: 'high', text: 4624, offset: '200', tab: 'x' }
  expect(readFilters(incidentQuery.shape, search)).toEqual({ severity: 'high', text: '4624', offset: 200 })
})

test.each([{ severity: 'purple' }, { offset: -1 }, { text: 'x'.repeat(201) }, { order: '' }])(
  'an old or broken link %j opens the plain list',
  (search) => {
    expect(readFilters(incidentQuery.shape, search)).toEqual({})
  },
)

test('one broken filter does not cost the others', () => {
  expect(readFilters(ruleQuery.shape, { level: 'purple', technique: 'T1059.001' })).toEqual({ technique: 'T1059.001' })
})
