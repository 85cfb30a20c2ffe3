import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkpointFolder, dropCheckpoints, dropStrayCheckpoints } from './local-run.ts'

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

test('checkpoints that a killed house left of jobs that are over are dropped, those of others stay', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-run-'))
  await dropStrayCheckpoints(folder, ['a'])
  for (const job of ['a', 'over', 'unknown']) mkdirSync(checkpointFolder(folder, job), { recursive: true })
  await dropStrayCheckpoints(folder, ['a'])
  expect(['a', 'over', 'unknown'].filter((job) => existsSync(checkpointFolder(folder, job)))).toEqual(['a'])
  rmSync(folder, { recursive: true })
})
