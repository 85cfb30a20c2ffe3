import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { houseRoot } from '@dengta/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from '../run-cli.ts'

const RULES = `title: Shell
id: r1
author: Ada
license: DRL 1.1
level: high
logsource: {product: windows, category: process_creation}
detection:
  s: {Image|endswith: '\\cmd.exe'}
  f: {User: SYSTEM}
  condition: s and not f
---
title: Logon
id: r2
author: Bo
logsource: {product: windows, service: security}
detection: {s: {EventID: 4625}, condition: s}
---
title: Many logons
id: c1
author: Cy
level: critical
correlation: {type: event_count, rules: [r2], group-by: [User], timespan: 1m, condition: {gte: 3}}
`
const SHELL = { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Image: 'C:\\cmd.exe', User: 'bob' }
const logon = (second: number) => ({
  Channel: 'Security',
  EventID: 4625,
  User: 'eve',
  '@timestamp': `2024-01-01T00:00:0${second}Z`,
})
const EXAMPLE = join(houseRoot(), 'docs/guide/example/threat')
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dengta-threat-'))
  await mkdir(join(folder, 'rules'))
  await mkdir(join(folder, 'events'))
  await writeFile(join(folder, 'rules/good.yml'), RULES)
  const events = [logon(2), SHELL, logon(1)].map((event) => JSON.stringify(event))
  await writeFile(join(folder, 'events/a.ndjson'), [...events, 'no json', ''].join('\n'))
  await writeFile(join(folder, 'events/b.ndjson.gz'), gzipSync(`${JSON.stringify(logon(3))}\n`))
  await writeFile(join(folder, 'bad.yml'), 'title: B\nid: b\nlogsource: {product: x}\n')
})
afterAll(() => rm(folder, { recursive: true }))

/** With a server named that nobody reaches: these commands reach none. */
async function cli(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' }
  const streamTo = (name: 'out' | 'err') => {
    const write = (text: string): boolean => {
      written[name] += text.replaceAll(folder, 'DIR')
      return true
    }
    return { write } as unknown as NodeJS.WriteStream
  }
  const code = await runCli(['threat', ...words], {
    env: { DENGTA_URL: 'http://127.0.0.1:1' },
    stdout: streamTo('out'),
    stderr: streamTo('err'),
  })
  return { code, ...written }
}

test('lint says where a rule is wrong, and ends with 1', async () => {
  const { code, out } = await cli('lint', join(folder, 'rules'), join(folder, 'bad.yml'), '--lang', 'en')
  expect([code, out]).toEqual([
    1,
    '✗ DIR/bad.yml:1  the rule lacks "detection"; add it as the Sigma 2.1 rule schema asks [threat_rule.missing]\n' +
      'rules  product / category / service\n' +
      '1      windows / process_creation / *\n' +
      '1      windows / * / security\n' +
      '✗ 2 rules, 1 correlation and 0 filters valid, 1 refused\n',
  ])
  const json = await cli('lint', join(folder, 'rules'), '--json')
  expect([json.code, JSON.parse(json.out)]).toMatchObject([0, { rules: 2, correlations: 1, filters: 0, invalid: [] }])
})

test('lint says which filter changes nothing, and that is no fault', async () => {
  const filter = 'title: F\nid: f\nlogsource: {product: windows}\nfilter: {rules: [r9], s: {A: b}, condition: not s}\n'
  await writeFile(join(folder, 'idle.yml'), filter)
  const { code, out } = await cli('lint', join(folder, 'rules'), join(folder, 'idle.yml'), '--lang', 'en')
  expect([code, out.split('\n')[0]]).toEqual([
    0,
    '! DIR/idle.yml:1  the filter names 1 rule that is not in this rule set, by neither id nor name: r9',
  ])
})

test('own mappings make a form known to lint, detect and explain', async () => {
  const own = ['--mapping', join(EXAMPLE, 'mapping')]
  const [events, rule] = [join(EXAMPLE, 'events/vpn.ndjson'), join(EXAMPLE, 'rules/service-login.yml')]
  const detect = (...more: string[]) => cli('detect', events, '--rules', rule, '--summary', '--json', ...more)
  const fields = ['ts', 'event', 'outcome', 'login', 'from', 'gateway']
  const first = { file: events, line: 1, fields }
  expect(JSON.parse((await detect()).out)).toMatchObject({ events: 3, alerts: 0, unmapped: 3, firstUnmapped: first })
  const mapped = JSON.parse((await detect(...own)).out)
  expect(mapped).toMatchObject({ events: 3, alerts: 1, unmapped: 0 })
  expect(mapped).not.toHaveProperty('firstUnmapped')
  expect((await cli('explain', `${events}:3`, rule, ...own)).out).toContain('vpn / authentication')
  expect(JSON.parse((await cli('lint', rule, '--json', ...own)).out).forms[0]).toBe('vpn')
  const refused = await cli('lint', rule, '--lang', 'en', '--mapping', join(folder, 'events'))
  expect(refused.code).toBe(2)
  expect(refused.err).toContain('no mapping can be read in DIR/events')
})

test('detect says which form of line no mapping knows', async () => {
  const event = `${JSON.stringify({ a: 1, b: { c: 2 } })}\n${JSON.stringify({ _product: 'x' })}\n`
  await writeFile(join(folder, 'unknown.ndjson'), event)
  const { err } = await cli('detect', join(folder, 'unknown.ndjson'), '--rules', join(folder, 'rules'), '--lang', 'en')
  expect(err).toContain('✗ 1 event of a form that no mapping knows')
  expect(err).toContain('DIR/unknown.ndjson:1 has a, b;')
})

test('only the folders that are asked for are read', async () => {
  const { code, err } = await cli('lint', join(folder, 'rules'), '--under', 'other')
  expect([code, err]).toEqual([2, expect.stringContaining('[threat_cli.no_rules]')])
})

test('a path without rules is an error of its own', async () => {
  const { code, err } = await cli('lint', join(folder, 'events'), '--lang', 'en')
  expect([code, err]).toEqual([
    2,
    '✗ no .yml rule was found in DIR/events; give a rule file, a folder of them or a .tar.gz [threat_cli.no_rules]\n',
  ])
})

test('explain shows every comparison, in Chinese too', async () => {
  const place = `${join(folder, 'events/a.ndjson')}:2`
  const { code, out } = await cli('explain', place, 'r1', '--rules', join(folder, 'rules'), '--lang', 'zh')
  expect([code, out]).toEqual([
    0,
    `✓ 命中: Shell (r1)
  规则作者 Ada; DRL 1.1; DIR/rules/good.yml
  ✓ 日志源: 要求 windows / process_creation / *，事件为 windows / process_creation / sysmon
    事件格式: windows-flat
  ✓ s
    ✓ Image：要求 *\\cmd.exe，实际 "C:\\\\cmd.exe"
  ✗ f
    ✗ User：要求 SYSTEM，实际 "bob"
  ✓ 条件: s and not f
`,
  ])
})

test.each([
  ['a.ndjson:9', 'r1', 'threat_cli.no_such_line'],
  ['a.ndjson:4', 'r1', 'threat_cli.not_an_event'],
  ['a.ndjson', 'c1', 'threat_cli.no_such_rule'],
])('explain of %s by %s is refused as %s', async (event, rule, code) => {
  const answer = await cli('explain', join(folder, 'events', event), rule, '--rules', join(folder, 'rules'))
  expect([answer.code, answer.err]).toEqual([2, expect.stringContaining(`[${code}]`)])
})

test('detect writes one alert a line with its author, and correlations over files and out of order', async () => {
  const { code, out, err } = await cli(
    'detect',
    join(folder, 'events'),
    '--rules',
    join(folder, 'rules'),
    '--lang',
    'en',
  )
  const alerts = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect([code, alerts]).toMatchObject([
    0,
    [
      { rule: { id: 'r1', author: 'Ada', licence: 'DRL 1.1' }, file: 'DIR/events/a.ndjson', line: 2 },
      {
        rule: { id: 'c1', author: 'Cy', level: 'critical' },
        file: 'DIR/events/b.ndjson.gz',
        line: 1,
        correlation: {
          kind: 'event_count',
          group: { User: 'eve' },
          value: 3,
          from: '2024-01-01T00:00:01.000Z',
          to: '2024-01-01T00:00:03.000Z',
        },
      },
    ],
  ])
  expect(alerts.length).toBe(2)
  expect(err).toContain('4 events of 2 files, 2 rules, 1 correlation: 1 alert, 1 correlated\n')
  expect(err).toContain('✗ 1 line unreadable: DIR/events/a.ndjson:4 not JSON\n')
})

test('detect as a table, as counts, and with a bound on lateness', async () => {
  const words = ['detect', join(folder, 'events'), '--rules', join(folder, 'rules'), '--lang', 'en']
  const table = await cli(...words, '--table')
  expect(table.out.split('\n')[0]).toBe('high           Shell (Ada)  DIR/events/a.ndjson:2  Image=C:\\cmd.exe')
  const linked = await cli(...words, '--link', 'https://rules.example')
  expect(JSON.parse(linked.out.split('\n')[0] ?? '').rule.link).toBe('https://rules.example/good.yml')
  const strict = await cli(...words, '--summary', '--json', '--lateness', '1s')
  expect(JSON.parse(strict.out)).toMatchObject({ alerts: 1, correlated: 1, correlator: { tooLate: 0 } })
  const wrong = await cli(...words, '--lateness', 'soon')
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('[threat_correlation.bad_value]')])
})

test('detect watches what leaves in DNS names, unless told not to', async () => {
  const start = Date.parse('2026-03-02T06:00:00Z') / 1000
  const query = (at: number) => {
    const name = createHash('sha256').update(`${at}`).digest('hex').slice(0, 40)
    return JSON.stringify({ _path: 'dns', ts: start + at, 'id.orig_h': '10.1.1.9', query: `${name}.evil.net` })
  }
  const queries = join(folder, 'queries.ndjson')
  await writeFile(queries, `${Array.from({ length: 300 }, (_, at) => query(at)).join('\n')}\n`)
  const words = ['detect', queries, '--rules', join(folder, 'rules'), '--lang', 'en']
  const { out, err } = await cli(...words, '--table')
  expect(out).toContain('More sent out in DNS names than the bound of a day (Dengta)')
  expect(err).toContain('300 DNS queries watched for what leaves in names: 1 alert\n')
  const without = await cli(...words, '--no-dns')
  expect([without.out, without.err.includes('DNS')]).toEqual(['', false])
})

const hasZstd = spawnSync('zstd', ['--version']).status === 0
const zstdNote = hasZstd ? '' : ': SKIPPED, install zstd (scripts/setup-debian.sh)'

test.runIf(hasZstd)(`a folder of packed events, logs as text and what is no event log${zstdNote}`, async () => {
  const events = join(folder, 'forms')
  await mkdir(events)
  const lines = `${JSON.stringify(SHELL)}\n`.repeat(50)
  const packed = spawnSync('zstd', ['-qc'], { input: lines }).stdout
  await writeFile(join(events, 'a.ndjson.zst'), packed)
  await writeFile(join(events, 'b.log'), `Jan  2 03:04:05 host su: hello\n${JSON.stringify(SHELL)}\n`)
  const words = ['detect', events, '--rules', join(folder, 'rules'), '--lang', 'en', '--summary', '--json']
  expect(JSON.parse((await cli(...words)).out)).toMatchObject({ events: 52, alerts: 50 })
  await writeFile(join(events, 'c.evtx'), 'no event log')
  const wrong = await cli(...words)
  expect([wrong.code === 0, wrong.err]).toEqual([false, expect.stringContaining('[threat_ingest.not_evtx]')])
})
