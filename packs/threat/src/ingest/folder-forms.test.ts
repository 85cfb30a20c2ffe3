import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { firingLine, ruleFolder } from '../pipeline/events.fixture.ts'
import { testFolder, until } from '../pipeline/pipeline.fixture.ts'
import { Pipeline } from '../pipeline/pipeline.ts'
import { storedAlerts } from '../pipeline/running.fixture.ts'
import { FileAlertSink } from '../pipeline/sink/file-alert-sink.ts'
import { evtxFile } from './evtx/evtx-file.fixture.ts'
import { sysmonRecord } from './evtx/sysmon.fixture.ts'
import { FolderSource } from './folder-source.ts'

const shell = sysmonRecord({ id: 1, fields: { Image: 'C:\\cmd.exe' } })

async function run(folder: string): Promise<Pipeline> {
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  return Pipeline.start({ folder, rules: { path: ruleFolder(folder) }, sink, threads: 1 })
}

test('event logs and logs as text in a folder are read once, over restarts, and on as they grow', async () => {
  const folder = testFolder()
  const events = join(folder, 'events')
  mkdirSync(events)
  const damaged = evtxFile([[shell, shell], [shell]])
  damaged[4096 + 65_536 + 700] = 1
  writeFileSync(join(events, 'a.evtx'), damaged)
  const audit = 'type=SYSCALL msg=audit(1.000:7): exe="/bin/ls"\n'
  writeFileSync(join(events, 'b.log'), `${audit}Jan  2 03:04:05 h su: one\nJan  2 03:04:06 h su: tw`)
  const first = await run(folder)
  await first.addSource(new FolderSource({ path: events, followMs: 20 }))
  await until(() => first.status().totals.accepted === 3 && first.status().totals.alerts === 2)
  expect(first.status().sources).toMatchObject([{ faults: { evtx_checksum: 1 } }])
  appendFileSync(join(events, 'b.log'), 'o\ntype=PROCTITLE msg=audit(1.000:7): proctitle=6C73\n')
  await until(() => first.status().totals.evaluated === 5)
  await first.stop()
  const second = await run(folder)
  await second.addSource(new FolderSource({ path: events, followMs: 20 }))
  appendFileSync(join(events, 'c.log'), firingLine(1))
  await until(() => second.status().totals.alerts === 1)
  await delay(100)
  await second.stop()
  const alerts = (await storedAlerts(folder)).map(({ file, line }) => [/\/(\w\.\w+) \d+$/.exec(file)?.[1], line])
  expect(alerts).toEqual([
    ['a.evtx', 1],
    ['a.evtx', 2],
    ['c.log', 1],
  ])
})

test('what is wrong with the form of a file is named once, until the file has become longer', async () => {
  const folder = testFolder()
  const events = join(folder, 'events')
  mkdirSync(events)
  const whole = evtxFile([[shell], [shell]])
  writeFileSync(join(events, 'cut.evtx'), whole.subarray(0, 100))
  const pipeline = await run(folder)
  await pipeline.addSource(new FolderSource({ path: events, followMs: 5 }))
  const faults = (): Readonly<Record<string, number>> => pipeline.status().sources[0]?.faults ?? {}
  await until(() => faults().not_evtx === 1)
  await delay(100)
  expect(faults()).toEqual({ not_evtx: 1 })
  writeFileSync(join(events, 'cut.evtx'), whole)
  await until(() => pipeline.status().totals.alerts === 2)
  expect(faults()).toEqual({ not_evtx: 1 })
  await pipeline.stop()
})

test('a byte order mark costs no event, and positions stay those of the file', async () => {
  const folder = testFolder()
  const events = join(folder, 'events')
  mkdirSync(events)
  writeFileSync(join(events, 'a.ndjson'), `\ufeff${firingLine(1)}`)
  const first = await run(folder)
  await first.addSource(new FolderSource({ path: events, followMs: 20 }))
  await until(() => first.status().totals.alerts === 1)
  await first.stop()
  appendFileSync(join(events, 'a.ndjson'), firingLine(2))
  const second = await run(folder)
  await second.addSource(new FolderSource({ path: events, followMs: 20 }))
  await until(() => second.status().totals.alerts === 1)
  expect(second.status().totals.unreadable).toBe(0)
  await second.stop()
})

test('it can be stopped while nothing can be stored: neither room nor the end of what was read before is waited for', async () => {
  const path = testFolder()
  writeFileSync(join(path, 'a.ndjson'), firingLine(1))
  const never = new Promise<never>(() => undefined)
  const mark = { position: 0, lines: 0 }
  const full = {
    accepted: mark,
    durable: mark,
    push: () => false,
    settled: () => never,
    fault: nothing,
    close: nothing,
  }
  for (const opened of [never, Promise.resolve(full)]) {
    const source = new FolderSource({ path, followMs: 5 })
    await source.start({ open: () => opened, healthy: false, waitingBytes: 0 })
    await delay(20)
    await source.stop()
  }
})

const nothing = (): void => undefined

test('following an empty folder ends when it is stopped', async () => {
  const source = new FolderSource({ path: testFolder(), followMs: 5 })
  await source.start({
    open: () => Promise.reject(new Error('nothing is there to open')),
    healthy: true,
    waitingBytes: 0,
  })
  await delay(20)
  await source.stop()
  expect(source.status()).toMatchObject({ open: 0, faults: {} })
})
