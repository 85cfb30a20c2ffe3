import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ruleFolder } from '../events.fixture.ts'
import { testFolder } from '../pipeline.fixture.ts'
import { DetectorPool } from './detector-pool.ts'

test('detectors that have read different files are refused: they load one after the other, and the rules change meanwhile', async () => {
  const memory = new SharedArrayBuffer(1024)
  const path = ruleFolder(testFolder())
  const pool = await DetectorPool.start({ rules: { path }, threads: 2, memory, journal: 'j' })
  onTestFinished(() => pool.stop())
  const { hash } = pool.report
  let edits = 0
  const edit = (): void => {
    edits += 1
    writeFileSync(join(path, 'note.yml'), `# edit ${edits}\n`)
  }
  const editing = setInterval(edit, 5)
  await expect(pool.reload({ path })).rejects.toMatchObject({
    code: 'threat_pipeline.rules_refused',
    text: { en: expect.stringContaining('changed while they were read'), zh: expect.stringContaining('发生了变化') },
  })
  clearInterval(editing)
  expect(pool.report.hash).toBe(hash)
  expect((await pool.reload({ path })).rules).toBe(1)
})
