import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { expect, test } from 'vitest'
import { commandReference } from './command-reference.ts'

const FILE = join(houseRoot(), 'docs', 'reference', 'commands.md')

test('docs/reference/commands.md lists every command as the code has it (UPDATE=1 writes it)', async () => {
  const reference = commandReference()
  if (process.env.UPDATE) await writeFile(FILE, reference)
  expect(await readFile(FILE, 'utf8')).toBe(reference)
})
