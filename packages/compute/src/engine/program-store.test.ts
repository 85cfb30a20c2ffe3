import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { programStore } from './program-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'dengta-programs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a program that several jobs hand in at once is kept once, and each is told when it is on disk', async () => {
  const programs = programStore(join(folder, 'kept'))
  const source = 'console.log(1)\n'.repeat(1000)
  await Promise.all(Array.from({ length: 8 }, () => programs.keep(source)))
  await programs.keep(source)
  expect(readFileSync(programs.path(source), 'utf8')).toBe(source)
  expect(readdirSync(join(folder, 'kept'))).toHaveLength(1)
})
