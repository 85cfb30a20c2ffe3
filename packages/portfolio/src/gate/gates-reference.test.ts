import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { expect, test } from 'vitest'
import { gatesReference } from './gates-reference.ts'

test('docs/reference/gates.md says what the code says', () => {
  const file = join(houseRoot(), 'docs/reference/gates.md')
  if (process.env.UPDATE === '1') writeFileSync(file, gatesReference())
  expect(readFileSync(file, 'utf8')).toBe(gatesReference())
})
