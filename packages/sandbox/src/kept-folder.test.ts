import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { findMachine } from './find-machine.ts'
import { bytesIn } from './kept-folder.ts'
import { sandboxOn } from './open-sandbox.ts'
import { LIMITS, testHouse } from './test-house.ts'

const house = testHouse()
mkdirSync(house.workFolder)
afterAll(() => house.remove())
const machine = await findMachine(house.workFolder)
const sandbox = sandboxOn(machine, house.workFolder)
const boxed = machine.bubblewrap !== undefined
if (!boxed) console.log('SKIPPED: kept folders, because bubblewrap does not work on this machine')
const newFolder = () => mkdtempSync(join(house.folder, 'kept-'))

describe.runIf(boxed)('a folder that outlasts its job', () => {
  test('holds what a job wrote, for the next one too, whatever the outcome', async () => {
    const keep = newFolder()
    const one = house.job(`fs.writeFileSync('kept/step', '7'); throw new Error()`, { keep })
    expect(await sandbox.run(one)).toMatchObject({ outcome: 'failed' })
    expect(readFileSync(join(keep, 'step'), 'utf8')).toBe('7')
    const two = await sandbox.run(house.job(`tell(fs.readFileSync('kept/step', 'utf8'))`, { keep }))
    expect(new TextDecoder().decode(two.output)).toBe('"7"')
  })

  test('may not grow past the limit, in one file or in many', async () => {
    const limits = { ...LIMITS, outputBytes: 64 * 1024 }
    const big = house.job(`fs.writeFileSync('kept/big', Buffer.alloc(1e6))`, { keep: newFolder(), limits })
    expect(await sandbox.run(big)).toMatchObject({ outcome: 'output' })
    const many = `for (let i = 0; ; i += 1) { fs.writeFileSync('kept/' + i, Buffer.alloc(4096)); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5) }`
    expect(await sandbox.run(house.job(many, { keep: newFolder(), limits }))).toMatchObject({ outcome: 'output' })
  })

  test('hides nothing below a path that is too long to be looked at', async () => {
    const [keep, limits] = [newFolder(), { ...LIMITS, outputBytes: 1e6 }]
    const hide = `process.chdir('kept')
      for (let i = 0; i < 30; i += 1) { fs.mkdirSync('d'.repeat(200)); process.chdir('d'.repeat(200)) }
      for (let i = 0; ; i += 1) { fs.writeFileSync('' + i, Buffer.alloc(1e5)); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50) }`
    expect(await sandbox.run(house.job(hide, { keep, limits }))).toMatchObject({ outcome: 'output' })
    execFileSync('rm', ['-r', keep])
  })

  test('is the only place; a job that has none finds none', async () => {
    const keep = newFolder()
    const job = house.job(
      `tell([attempt(() => fs.writeFileSync('/job/x', '')), attempt(() => fs.writeFileSync('kept/../../x', ''))])`,
      { keep },
    )
    const { output } = await sandbox.run(job)
    expect(JSON.parse(new TextDecoder().decode(output))).toEqual(['EROFS', 'EROFS'])
    const none = await sandbox.run(house.job(`tell(attempt(() => fs.writeFileSync('kept/x', '')))`))
    expect(new TextDecoder().decode(none.output)).toBe('"ENOENT"')
    expect(readdirSync(keep)).toEqual([])
  })

  test('must be there', async () => {
    await expect(sandbox.run(house.job('', { keep: '/nowhere' }))).rejects.toMatchObject({
      code: 'sandbox.keep_missing',
    })
  })
})

test.runIf(boxed)('a job that the house stops ends at once and says so', async () => {
  const stop = new AbortController()
  const running = sandbox.run(house.job('setInterval(() => {}, 1000)', { signal: stop.signal }))
  setTimeout(() => stop.abort(), 300)
  const { outcome, wallSeconds } = await running
  expect(outcome).toBe('stopped')
  expect(wallSeconds).toBeLessThan(2)
})

test('a folder is measured without following links out of it', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'deep'))
  writeFileSync(join(folder, 'deep/file'), Buffer.alloc(10_000))
  symlinkSync('/usr', join(folder, 'link'))
  const bytes = await bytesIn(folder, 1e9)
  expect(bytes).toBeGreaterThanOrEqual(10_000)
  expect(bytes).toBeLessThan(40_000)
})
