import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readRuleFiles } from './rule-files.ts'

/** Longer than the 255 bytes that a name may have in the oldest form. */
const LONG = `${'a folder with a long name/'.repeat(12)}rule.yml`
const NAMES = ['rules/plain.yml', 'rules/规则.yml', LONG]

test.each(['gnu', 'pax', 'ustar'])('names in an archive of the form %s are whole', async (form) => {
  const folder = mkdtempSync(join(tmpdir(), 'dengta-tar-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const names = form === 'ustar' ? NAMES.slice(0, 2) : NAMES
  for (const name of names) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), `title: ${name}\n`)
  }
  const archive = join(folder, 'rules.tar.gz')
  const { status, stderr } = spawnSync('tar', [`--format=${form}`, '-czf', archive, '-C', folder, ...names])
  expect([status, String(stderr)]).toEqual([0, ''])
  const expected = names.map((name) => ({ path: name, text: `title: ${name}\n` }))
  expect(await readRuleFiles(archive)).toEqual(expected.sort((a, b) => (a.path < b.path ? -1 : 1)))
  expect(await readRuleFiles(folder)).toEqual(expected)
})
