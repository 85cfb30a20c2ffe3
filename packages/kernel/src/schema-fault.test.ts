import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkSchema } from './schema-fault.ts'

const schema = z.object({ sizes: z.array(z.number()) })

test('the first fault is told in both languages, with its place', () => {
  expect(checkSchema(schema, { sizes: [1, 'x'] })).toMatchObject({
    ok: false,
    fault: {
      path: ['sizes', 1],
      problem: { en: expect.stringContaining('expected number'), zh: expect.stringContaining('期望') },
    },
  })
})

test('a list of half a million faults is a fault, and no failure of the house', () => {
  const { ok } = checkSchema(schema, { sizes: Array(500_000).fill('') })
  expect(ok).toBe(false)
})
