import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { expect, test } from 'vitest'
import { errorReference } from './error-reference.ts'

const FILE = join(houseRoot(), 'docs', 'reference', 'errors.md')

test('docs/reference/errors.md lists every error code as the code has it (UPDATE=1 writes it)', async () => {
  const reference = errorReference()
  if (process.env.UPDATE) await writeFile(FILE, reference)
  expect(await readFile(FILE, 'utf8')).toBe(reference)
})

test('no code stands twice, and every text is in both languages', () => {
  const rows = errorReference()
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  const codes = rows.map((row) => row.split('`')[1])
  expect(new Set(codes).size).toBe(codes.length)
  expect(rows.filter((row) => !/[\u4e00-\u9fff]/.test(row))).toEqual([])
})
