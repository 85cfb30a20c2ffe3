import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withoutMark } from '../ingest/byte-order-mark.ts'
import { evtxFile } from '../ingest/evtx/evtx-file.fixture.ts'
import { sysmonRecord } from '../ingest/evtx/sysmon.fixture.ts'
import { firingLine, ruleFolder } from '../pipeline/events.fixture.ts'
import { type DetectionSummary, detectFiles } from './detect-files.ts'
import { isEventFile } from './event-file.ts'

const hasZstd = spawnSync('zstd', ['--version']).status === 0
const note = hasZstd ? '' : ': SKIPPED, install zstd (scripts/setup-debian.sh)'
const SUDO = `title: Sudo
id: sudo
logsource: {product: linux, service: sudo}
detection:
  s:
    USER: '#-1'
  condition: s
`
let folder = ''
let rules = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dengta-forms-'))
  rules = ruleFolder(folder)
  writeFileSync(join(rules, 'sudo.yml'), SUDO)
  mkdirSync(join(folder, 'events'))
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Found {
  readonly alerts: (readonly [rule: string, line: number])[]
  readonly error: string | undefined
  readonly summary: DetectionSummary | undefined
}

async function detect(name: string, bytes: Uint8Array | string): Promise<Found> {
  const path = join(folder, 'events', name)
  writeFileSync(path, bytes)
  const alerts: Found['alerts'] = []
  const found = detectFiles([path], rules)
  try {
    for (;;) {
      const next = await found.next()
      if (next.done) return { alerts, error: undefined, summary: next.value }
      alerts.push([next.value.rule.id, next.value.line])
    }
  } catch (error) {
    return { alerts, error: (error as { code: string }).code, summary: undefined }
  }
}

const shell = sysmonRecord({ id: 1, fields: { Image: 'C:\\cmd.exe' } })
const quiet = sysmonRecord({ id: 1, fields: { Image: 'C:\\calc.exe' } })
const zstd = (bytes: string | Uint8Array): Buffer => spawnSync('zstd', ['-qc'], { input: bytes }).stdout

test.runIf(hasZstd)(`Zstandard, and what it tells of a file that was cut${note}`, async () => {
  const lines = Array.from({ length: 30_000 }, (_, i) => firingLine(i)).join('')
  const packed = zstd(lines)
  expect((await detect('a.ndjson.zst', packed)).alerts.length).toBe(30_000)
  const cut = await detect('b.ndjson.zst', packed.subarray(0, packed.length - 200))
  expect([cut.error, cut.alerts.length > 10_000]).toEqual(['threat_ingest.zstd_truncated', true])
})

test('Windows event logs: alerts by line, damage among the unreadable', async () => {
  const file = evtxFile([[quiet, shell], [shell], [quiet, shell]])
  const whole = await detect('a.evtx', file)
  expect([whole.alerts, whole.summary?.events]).toEqual([
    [
      ['shell', 2],
      ['shell', 3],
      ['shell', 5],
    ],
    5,
  ])
  file[4096 + 65_536 + 700] = 0xff
  const damaged = await detect('b.evtx.gz', gzipSync(file))
  expect(damaged.summary).toMatchObject({
    events: 4,
    alerts: 2,
    unreadable: 1,
    firstUnreadable: [{ line: 3, fault: 'evtx_checksum' }],
  })
})

test('logs as text: syslog and JSON behind the same ending', async () => {
  const sudo = 'Jan  2 03:04:05 h sudo: bob : TTY=pts/0 ; PWD=/ ; USER=#-1 ; COMMAND=/bin/sh\n'
  expect((await detect('a.log', `${sudo}what is this\n${sudo.trimEnd()}`)).summary).toMatchObject({
    events: 3,
    alerts: 2,
    firstUnreadable: [{ fault: 'log_line' }],
  })
  expect((await detect('b.log', `\n${firingLine(1)}`)).alerts).toEqual([['shell', 2]])
})

test('a byte order mark in front of a file does not cost its first event', async () => {
  const mark = '\ufeff'
  const sudo = 'Jan  2 03:04:05 h sudo: bob : TTY=pts/0 ; PWD=/ ; USER=#-1 ; COMMAND=/bin/sh\n'
  const found = [
    await detect('m.ndjson', mark + firingLine(1)),
    await detect('m.ndjson.gz', gzipSync(mark + firingLine(1))),
    await detect('m.log', mark + firingLine(1)),
    await detect('n.log', mark + sudo),
  ]
  expect(found.map(({ alerts, summary }) => [alerts.length, summary?.unreadable])).toEqual(found.map(() => [1, 0]))
})

test.each([
  [[[0xef], [0xbb], [0xbf], [97]], [97]],
  [[[], [0xef, 0xbb], [0xbf, 97]], [97]],
  [[[0xef, 0xbb, 0xbf, 97]], [97]],
  [
    [
      [0xef, 0xbb, 0xbf],
      [0xef, 0xbb, 0xbf],
    ],
    [0xef, 0xbb, 0xbf],
  ],
  [
    [[0xef], [0xbb]],
    [0xef, 0xbb],
  ],
  [
    [[97], [98]],
    [97, 98],
  ],
  [[], []],
])('a byte order mark that comes in pieces: %j', async (pieces, expected) => {
  const read: number[] = []
  for await (const piece of withoutMark(Readable.from(pieces.map((each) => Buffer.from(each))))) read.push(...piece)
  expect(read).toEqual(expected)
})

test('the endings of files are those of any system', async () => {
  expect(['A.EVTX', 'A.Json.GZ'].every(isEventFile)).toBe(true)
  expect((await detect('A.EVTX', evtxFile([[shell]]))).alerts).toHaveLength(1)
  expect((await detect('A.Json.GZ', gzipSync(firingLine(1)))).alerts).toHaveLength(1)
})

test('folders are read by the endings of their files', () => {
  const names = ['a.evtx', 'a.evtx.zst', 'a.ndjson.zst', 'a.log.gz', 'a.json', 'a.zst', 'a.txt', 'a.evtx.bak']
  expect(names.filter(isEventFile)).toEqual(names.slice(0, 5))
})
