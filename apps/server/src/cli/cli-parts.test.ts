import { expect, test } from 'vitest'
import { verdictOf, witnessLine } from './commands/log-commands.ts'
import { connect } from './connect.ts'
import { qualityLines } from './data-lines.ts'
import { exitCodeOf, exitCodeOfGate } from './exit-codes.ts'
import { forestPlot } from './forest-plot.ts'
import { gateLine } from './gate-lines.ts'
import { runCli } from './run-cli.ts'
import { cellWidth, formatTable } from './table.ts'
import { createTerminal, languageOf } from './terminal.ts'

function fakeStream(isTTY: boolean) {
  const written: string[] = []
  return {
    written,
    stream: { isTTY, columns: 80, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream,
  }
}

test('a name cannot send escape sequences to the terminal', () => {
  const out = fakeStream(false)
  createTerminal({ stdout: out.stream, stderr: out.stream }, 'en', false).result({}, ['a\u001b[2J', 'b'])
  expect(out.written).toEqual(['a\u{fffd}[2J\nb\n'])
})

test('a table is aligned by what a terminal shows', () => {
  expect(cellWidth('灯塔 a')).toBe(6)
  expect(
    formatTable([
      ['灯塔', '1'],
      ['abc', '22'],
    ]),
  ).toEqual(['灯塔  1', 'abc   22'])
})

test('a forest plot puts interval, value and threshold on one scale', () => {
  const rows = [
    { label: 'a', value: 0.5, low: 0.25, high: 0.75 },
    { label: 'b', value: 0.9, low: 0.8, high: 1 },
  ]
  expect(forestPlot(rows, { threshold: 0, cells: 21 })).toEqual(['┊    ├────●────┤     ', '┊               ├─●─┤'])
})

test('progress is redrawn on a terminal and listed elsewhere; results and notes stay apart', () => {
  const [out, tty, pipe] = [fakeStream(false), fakeStream(true), fakeStream(false)]
  const onTerminal = createTerminal({ stdout: out.stream, stderr: tty.stream }, 'zh', false)
  onTerminal.progress({ label: { en: 'work', zh: '工作' }, done: 1, total: 2 })
  expect(tty.written.join('')).toContain('████████████░░░░░░░░░░░░  50% 工作')
  const inPipe = createTerminal({ stdout: out.stream, stderr: pipe.stream }, 'en', true)
  for (const done of [0, 1, 2]) inPipe.progress({ label: { en: 'work', zh: '工作' }, done, total: 2 })
  expect(pipe.written).toEqual(['· work\n'])
  inPipe.result({ a: 1 }, ['not shown'])
  expect(out.written).toEqual(['{"a":1}\n'])
})

test.each([
  [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'zh_CN.UTF-8', DENGTA_LANG: 'en' }, 'en'],
  [{}, 'en'],
] as const)('language of %j is %s', (env, language) => expect(languageOf(env)).toBe(language))

test('exit codes tell a script what happened', () => {
  expect(['invalid', 'forbidden', 'unavailable', 'conflict'].map((kind) => exitCodeOf(kind as 'invalid'))).toEqual([
    2, 3, 4, 1,
  ])
  expect([exitCodeOfGate('OPEN'), exitCodeOfGate('CLOSED'), exitCodeOfGate('NOT_PROVEN')]).toEqual([0, 10, 11])
})

test('a gate reads as its state and one line a reason', () => {
  const reasons = [{ code: 'x', met: 'no' as const, text: { en: 'too low', zh: '过低' } }]
  const gate = { gate: 'G3' as const, about: 'sub_1', decision: 'CLOSED' as const, reasons, basis: [] }
  expect(gateLine(gate, { say: (text) => text.zh })).toEqual(['G3 关闭  sub_1', '   ✗ 过低'])
})

test('--as is refused where a token already says who asks', async () => {
  const terminal = createTerminal({ stdout: fakeStream(false).stream, stderr: fakeStream(false).stream }, 'en', false)
  const asked = connect({ env: { DENGTA_URL: 'http://127.0.0.1:1' }, actAs: 'plant', terminal }, async () => 1)
  await expect(asked).rejects.toMatchObject({ code: 'cli.as_with_token', kind: 'invalid' })
})

test.each([
  [['log', 'head', '--as=plant', '--lang=zh']],
  [['log', 'head', '--as', 'nobody', '--as', 'plant', '--lang', 'zh']],
])('%j acts for plant in Chinese, or not at all', async (words) => {
  const stderr = fakeStream(false)
  const env = { DENGTA_URL: 'http://127.0.0.1:1', DENGTA_LANG: 'en' }
  const code = await runCli(words, { env, stdout: fakeStream(false).stream, stderr: stderr.stream })
  expect([code, stderr.written.join('')]).toEqual([
    2,
    expect.stringMatching(/^✗ --as 只对本机系统有效.*\[cli\.as_with_token\]/),
  ])
})

test('a file that is not there is named, with exit code 2', async () => {
  const [stdout, stderr] = [fakeStream(false), fakeStream(false)]
  const words = ['submit', 'b', '/no/such/model.json', '--form', 'linear', '--name', 'n', '--lang', 'en']
  const code = await runCli(words, { env: {}, stdout: stdout.stream, stderr: stderr.stream })
  expect([code, stderr.written.join('')]).toEqual([
    2,
    '✗ /no/such/model.json cannot be read or written (ENOENT); check the path [cli.unreadable_file]\n',
  ])
})

test('a path through a file is the fault of the path, not of the house', async () => {
  const stderr = fakeStream(false)
  const streams = { stdout: fakeStream(false).stream, stderr: stderr.stream }
  const words = ['submit', 'b', '/dev/null/model.json', '--form', 'linear', '--name', 'n', '--lang', 'en']
  expect(await runCli(words, { env: {}, ...streams })).toBe(2)
  expect(stderr.written.join('')).toMatch(/^✗ \/dev\/null\/model\.json cannot be read or written \(ENOTDIR\)/)
})

test('a list of nothing says so beside the results, and prints none', () => {
  const [out, notes] = [fakeStream(false), fakeStream(false)]
  createTerminal({ stdout: out.stream, stderr: notes.stream }, 'zh', false).result([], [])
  expect([out.written, notes.written]).toEqual([[], ['没有内容\n']])
})

test('a quality report counts every fault that it does not show', () => {
  const fault = { code: 'missing', column: 'a', row: 2, text: { en: 'empty', zh: '空' } }
  const report = {
    verdict: 'fail' as const,
    rowsChecked: 900,
    faults: Array.from({ length: 25 }, () => fault),
    more: 7,
  }
  const lines = qualityLines(report, { say: (text) => text.en })
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([22, '  quality fail (900 rows)', '  … and 12 more'])
})

test('an export that vouches for itself is not called verified', () => {
  const report = { ok: true, records: 3, checks: [] }
  expect(verdictOf({ ...report, pinned: false }).en).toMatch(/^CONSISTENT, NOT PINNED: 3 records/)
  expect(verdictOf({ ...report, pinned: true }).en).toBe('VERIFIED: 3 records')
})

test('a witness that refuses is not shown as merely behind', () => {
  const refusal = { size: 122, status: 409, answer: 'seen 123 already\n', at: '2026-11-22T03:53:38.117Z' }
  expect(witnessLine({ name: 'w', cosignedSize: 121 }).en).toBe('witness w: 121')
  expect(witnessLine({ name: 'w', cosignedSize: 121, refusal }).en).toMatch(
    /121 ✗ refused to cosign 122 \(seen 123 already\)/,
  )
})
