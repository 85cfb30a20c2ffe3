import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { checkpointFolder, dropCheckpoints, dropStrayCheckpoints, lastCheckpoint } from './local-run.ts'

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

test('when a job wrote its last checkpoint is known in a moment, however many files it has made', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-run-'))
  const write = (job: string, name: string) => writeFileSync(join(checkpointFolder(folder, job), name), '')
  for (const job of ['none', 'few', 'many']) mkdirSync(checkpointFolder(folder, job), { recursive: true })
  for (let file = 0; file < 5; file += 1) write('few', String(file))
  for (let file = 0; file < 9000; file += 1) write('many', String(file))
  const cpuMs = async (job: string): Promise<number> => {
    const before = process.cpuUsage()
    for (let look = 0; look < 5; look += 1) await lastCheckpoint(folder, job)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  await cpuMs('few')
  expect(await cpuMs('many')).toBeLessThan(10 * (await cpuMs('few')) + 300)
  expect(await lastCheckpoint(folder, 'none')).toBeUndefined()
  for (const job of ['few', 'many']) {
    await sleep(20)
    const before = Date.now()
    write(job, 'newest')
    expect(await lastCheckpoint(folder, job)).toBeGreaterThan(before - 10)
  }
  rmSync(folder, { recursive: true })
})
