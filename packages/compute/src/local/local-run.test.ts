import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkpointFolder, dropCheckpoints } from './local-run.ts'

/** Folders within each other, 6,000 characters deep: too long for a path. */
const DEEP = `for (let i = 0; i < 30; i += 1) { fs.mkdirSync('d'.repeat(200)); process.chdir('d'.repeat(200)) }`

test('checkpoints are dropped however deep a job has put them, and where there are none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-run-'))
  const keep = checkpointFolder(folder, 'a')
  await dropCheckpoints(folder, 'a')
  mkdirSync(keep, { recursive: true })
  execFileSync(process.execPath, ['-e', DEEP], { cwd: keep })
  await dropCheckpoints(folder, 'a')
  expect(existsSync(keep)).toBe(false)
  rmdirSync(join(folder, 'checkpoints'))
  rmdirSync(folder)
})
