import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Alert } from './alert.ts'
import { type DetectionSummary, detectFiles } from './detect-files.ts'
import { splitLines } from './split-lines.ts'

const RULE = `title: Shell
id: r1
author: Ada
date: 2024-01-01
modified: 2025-02-03
level: high
tags: [attack.t1059]
logsource: {product: windows, category: process_creation}
detection:
  s:
    Image|endswith: '\\cmd.exe'
  f:
    User: SYSTEM
  condition: s and not f
`
const EVENT = { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Image: 'C:\\cmd.exe', User: 'bob' }
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dengta-detect-'))
  await mkdir(join(folder, 'rules/win'), { recursive: true })
  await writeFile(join(folder, 'rules/win/shell.yml'), RULE)
  await writeFile(join(folder, 'rules/bad.yml'), 'title: B\nid: b\nlogsource: {product: x}\n')
})
afterAll(() => rm(folder, { recursive: true }))

async function run(files: readonly string[]): Promise<{ alerts: Alert[]; summary: DetectionSummary }> {
  const found = detectFiles(files, join(folder, 'rules'), { licence: 'DRL 1.1', link: 'https://rules.example' })
  const alerts: Alert[] = []
  for (;;) {
    const next = await found.next()
    if (next.done) return { alerts, summary: next.value }
    alerts.push(next.value)
  }
}

test('an alert carries its rule, author, licence, link and what matched', async () => {
  const quiet = { ...EVENT, User: 'system' }
  const lines = [quiet, EVENT].map((event) => JSON.stringify(event))
  await writeFile(join(folder, 'a.ndjson'), [lines[0], '', 'no json', lines[1]].join('\n'))
  await writeFile(join(folder, 'b.ndjson.gz'), gzipSync(`${lines[1]}\n`))
  const { alerts, summary } = await run([join(folder, 'a.ndjson'), join(folder, 'b.ndjson.gz')])
  expect(alerts.map(({ line }) => line)).toEqual([4, 1])
  expect(alerts[0]).toEqual({
    rule: {
      id: 'r1',
      title: 'Shell',
      level: 'high',
      version: '2025-02-03',
      author: 'Ada',
      licence: 'DRL 1.1',
      link: 'https://rules.example/win/shell.yml',
      tags: ['attack.t1059'],
    },
    file: join(folder, 'a.ndjson'),
    line: 4,
    logSource: { product: 'windows', service: 'sysmon', category: 'process_creation' },
    matched: [{ field: 'Image', wanted: '*\\cmd.exe', found: ['C:\\cmd.exe'] }],
  })
  expect(summary).toMatchObject({
    events: 3,
    alerts: 2,
    unreadable: 1,
    firstUnreadable: [{ line: 3, fault: 'not_json' }],
  })
  expect(summary.ruleSet.invalid.map((rule) => [rule.file, rule.line])).toEqual([['bad.yml', 1]])
})

test('a truncated archive is an error, not an end', async () => {
  const path = join(folder, 'cut.ndjson.gz')
  await writeFile(path, gzipSync(JSON.stringify(EVENT).repeat(100)).subarray(0, 60))
  await expect(run([path])).rejects.toThrow()
})

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

test('lines are put together across chunks, and one too long is passed over', async () => {
  const batches: string[] = []
  let tooLong = 0
  for await (const batch of splitLines(chunks('ab', 'c\nd', '0123456789', '0123456789', '01\nef\ng', 'h'), 16)) {
    batches.push(Buffer.from(batch.bytes).toString())
    tooLong += batch.tooLong
  }
  expect([batches.join('|'), tooLong]).toEqual(['abc\n|ef\n|gh\n', 1])
})
