import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Batch } from '../batch.ts'
import { firingLine, ruleFolder } from '../events.fixture.ts'
import { testFolder, until } from '../pipeline.fixture.ts'
import { DetectorPool, type Evaluation } from './detector-pool.ts'
import type { DetectedAlert } from './detector-protocol.ts'
import { unpacked } from './packed.ts'

const THREADS = 2

/** A pool over one rule, whose title an edit changes, and one event that fires it. */
async function poolOverOneRule() {
  const memory = new SharedArrayBuffer(1024)
  const bytes = Buffer.from(memory)
  const length = bytes.write(firingLine(1))
  const path = ruleFolder(testFolder())
  const file = join(path, 'shell.yml')
  const text = readFileSync(file, 'utf8')
  const edit = (title: string): void => {
    writeFileSync(`${file}.new`, text.replace('title: Shell', `title: ${title}`))
    renameSync(`${file}.new`, file)
  }
  const pool = await DetectorPool.start({ rules: { path }, threads: THREADS, memory, journal: 'j' })
  onTestFinished(() => pool.stop())
  let sequence = 0
  const run = (at = 0): Promise<Evaluation> => {
    sequence += 1
    const slab = { index: 0, memory, at, bytes }
    const batch: Batch = { sequence, receivedMs: 0, slab, length, lines: 1, parts: [] }
    return new Promise((resolve) => pool.evaluate(batch, resolve))
  }
  /** What each detector says, as each takes one of as many batches. */
  const titles = async (): Promise<string[]> => {
    const results = await Promise.all(Array.from({ length: THREADS }, () => run()))
    return results.flatMap(({ result }) =>
      (result?.alerts.pieces ?? []).flatMap((piece) => unpacked<DetectedAlert>(piece).map(({ rule }) => rule.title)),
    )
  }
  /** A batch that lies outside of the memory: two threads die of it; waits for those that follow them. */
  const kill = async (): Promise<void> => {
    const before = pool.failures.length
    expect((await run(4096)).result).toBeUndefined()
    await until(() => pool.failures.length === before + THREADS)
    while ((await pool.costs()).detectors < THREADS) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { pool, path, edit, titles, kill }
}

test('a detector that takes the place of a dead one has its rules, although their files were edited meanwhile', async () => {
  const { pool, path, edit, titles, kill } = await poolOverOneRule()
  const { hash } = pool.report
  edit('Not loaded')
  await kill()
  expect([await titles(), pool.report.hash]).toEqual([['Shell', 'Shell'], hash])
  edit('Loaded')
  const second = await pool.reload({ path })
  edit('Not loaded either')
  await kill()
  expect([await titles(), pool.report.hash]).toEqual([['Loaded', 'Loaded'], second.hash])
})

test('all detectors have the rules that were tried, although their files are edited while they load', async () => {
  const { pool, path, edit, titles } = await poolOverOneRule()
  let edits = 0
  const editing = setInterval(() => {
    edits += 1
    edit(`Edit ${edits}`)
  }, 5)
  await pool.reload({ path }).finally(() => clearInterval(editing))
  const [one, ...others] = await titles()
  expect(edits).toBeGreaterThan(1)
  expect([one, others]).toEqual([expect.stringMatching(/^(?:Edit \d+|Shell)$/), [one]])
})
