import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { planFile } from './plan-file.ts'

/** `UPDATE=1 npx vitest run packages/compute/src/plan` writes the reference anew. */
test('docs/reference/plan.schema.json is current', () => {
  const file = join(houseRoot(), 'docs/reference/plan.schema.json')
  const { $schema, ...schema } = z.toJSONSchema(planFile, { target: 'draft-2020-12', io: 'input' })
  const named = { $schema, $id: 'urn:dengta:plan:v1', title: 'Plan file', ...schema }
  const content = `${JSON.stringify(named, undefined, 2)}\n`
  if (process.env.UPDATE === '1') writeFileSync(file, content)
  expect(readFileSync(file, 'utf8'), 'out of date: run with UPDATE=1').toBe(content)
})
