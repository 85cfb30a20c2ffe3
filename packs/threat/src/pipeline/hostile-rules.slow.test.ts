import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { TcpListener } from '../ingest/tcp-listener.ts'
import { BOMBS } from '../rule/bombs.fixture.ts'
import { checkRuleSource } from './detector/check-rule-source.ts'
import { firingLine, ruleFolder } from './events.fixture.ts'
import { sender, testFolder, until } from './pipeline.fixture.ts'
import { Pipeline } from './pipeline.ts'
import { FileAlertSink } from './sink/file-alert-sink.ts'

function bombFolder(folder: string): string {
  const path = join(folder, 'bombs')
  mkdirSync(path)
  for (const [at, bomb] of Object.values(BOMBS).entries()) writeFileSync(join(path, `${at}.yml`), bomb())
  return path
}

test('a reload of bombs is refused while an honest sender is served, and the old rules go on', async () => {
  const folder = testFolder()
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  const pipeline = await Pipeline.start({ folder, rules: { path: ruleFolder(folder) }, sink })
  onTestFinished(() => pipeline.stop())
  const tcp = new TcpListener({ port: 0 })
  await pipeline.addSource(tcp)
  const { socket, acked } = await sender(tcp.port, { stream: 's' })
  const bombs = bombFolder(folder)
  let isOver = false
  const reload = pipeline.reload({ path: bombs }).finally(() => {
    isOver = true
  })
  const refused = expect(reload).rejects.toMatchObject({ code: 'threat_pipeline.rules_refused' })
  let sent = 0
  while (!isOver || sent < 10) {
    sent += 1
    socket.write(firingLine(sent))
    await acked(sent)
  }
  await refused
  await until(() => pipeline.status().totals.alerts === sent)
  expect(sent).toBeGreaterThan(20)
}, 120_000)

test('a good rule beside bombs comes into force, and each bomb is in the report with file and reason', async () => {
  const folder = testFolder()
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  const pipeline = await Pipeline.start({ folder, rules: { path: ruleFolder(folder) }, sink, threads: 1 })
  onTestFinished(() => pipeline.stop())
  const path = bombFolder(folder)
  writeFileSync(
    join(path, 'good.yml'),
    'title: G\nid: g\nlogsource: {product: windows}\ndetection: {s: {A: b}, condition: s}\n',
  )
  const { rules, invalid } = await pipeline.reload({ path })
  expect(rules).toBe(1)
  const files = Object.keys(BOMBS).map((_, at) => `${at}.yml`)
  expect(invalid.map(({ file }) => file)).toEqual(files.sort())
  for (const { code } of invalid) expect(code).toMatch(/^threat_rule\.(too_large|not_yaml|bad_condition|bad_regex)$/)
}, 120_000)

/** The thread alone needs 12 to 16 MB: with less it ends before it opens a file, and the reason says so. */
test.each([
  [{ seconds: 0.001, megabytes: 1024 }, /took longer than 0.001 s/],
  [{ seconds: 60, megabytes: 64 }, /memory limit of 64 MB \(at 0.yml\)/],
  [{ seconds: 60, megabytes: 8 }, /memory limit of 8 MB \(at the start, before the first file\)/],
])(
  'where time or memory runs out the set is refused: %o',
  async (limits, why) => {
    const path = join(testFolder(), 'deep')
    mkdirSync(path)
    writeFileSync(join(path, '0.yml'), `a: ${'['.repeat(1e6)}`)
    const zh = expect.not.stringMatching(/ (start|first|file|together)/)
    await expect(checkRuleSource({ path }, limits)).rejects.toMatchObject({
      text: { en: expect.stringMatching(why), zh },
    })
  },
  60_000,
)
