import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock as clock } from '@dengta/kernel'
import { entryFile, openStore, postgresIsHere, testPostgresDatabase } from '@dengta/store'
import { expect, onTestFinished, test } from 'vitest'
import { testFolder } from '../../pipeline/pipeline.fixture.ts'
import { threatMigrations } from '../migrations.ts'
import type { ThreatTables } from '../tables.ts'
import { stepFolder } from './flow-folder.ts'
import { openWritten, restoredSum, type SinkWriterConfig, sumWith, WRITTEN_FLOW, writtenStep } from './sink-writer.ts'

interface Line {
  readonly position?: number
  readonly stored?: number
  readonly failing?: string
  readonly failed?: string
}

const SMALL = { eventBytes: 400, fileBytes: 4000 }
const open = ({ home, databaseUrl }: Pick<SinkWriterConfig, 'home' | 'databaseUrl'>) =>
  openStore({ home, ...(databaseUrl && { databaseUrl }), migrations: threatMigrations, clock })

function startWriter(config: SinkWriterConfig): { child: ChildProcess; lines: AsyncIterable<Line> } {
  const args = [entryFile('threat-sink-writer'), JSON.stringify(config)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const read = async function* (): AsyncGenerator<Line> {
    for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as Line
  }
  return { child, lines: read() }
}

/** The last step that was said to be stored, when the process has died; it checks what it finds when it starts. */
async function round(config: SinkWriterConfig, killAfterMs?: number): Promise<number> {
  const { child, lines } = startWriter(config)
  const gone = once(child, 'exit')
  let last = 0
  for await (const { position, stored, failed } of lines) {
    expect(failed).toBeUndefined()
    last = stored ?? position ?? last
    if (position !== undefined && killAfterMs !== undefined) void delay(killAfterMs).then(() => child.kill('SIGKILL'))
  }
  await gone
  return last
}

/** Steps and a checkpoint in rows, as houses had them before there were files. */
async function houseOfRows(place: Parameters<typeof open>[0]): Promise<void> {
  const store = await open(place)
  const steps = [1, 2, 3, 4].map((position) => writtenStep(position, SMALL.eventBytes))
  const checkpoint = Buffer.from(String(steps.slice(0, 2).reduce(sumWith, 0)))
  await store.transaction<ThreatTables, void>(async (tx) => {
    const flow = { name: WRITTEN_FLOW, position: '4', checkpoint_at: '2', checkpoint }
    await tx.insertInto('threat_flows').values(flow).execute()
    for (const { position, timeMs, ...body } of steps) {
      const row = {
        flow: WRITTEN_FLOW,
        position: String(position),
        time_ms: String(timeMs),
        body: JSON.stringify(body),
      }
      if (position > 2) await tx.insertInto('threat_steps').values(row).execute()
      await tx
        .insertInto('threat_credits')
        .values({ digest: String(position), body: '' })
        .execute()
    }
  })
  await store.close()
}

const engines: [string, () => Promise<string | undefined>][] = [['PGlite', async () => undefined]]
if (postgresIsHere()) engines.push(['PostgreSQL', testPostgresDatabase])
else console.log('SKIPPED the kill test of the sink on PostgreSQL: set TEST_DATABASE_URL or install postgresql')

test.each(engines)(
  'kill -9 between file and database, at any transaction and at any moment: files and rows never disagree, %s',
  async (_, make) => {
    const databaseUrl = await make()
    const place = { home: testFolder(), ...(databaseUrl && { databaseUrl }) }
    await houseOfRows(place)
    let stored = 4
    const kept = (last: number) => {
      expect(last).toBeGreaterThanOrEqual(stored)
      stored = last
    }
    for (const at of [1, 2, 3, 4, 5, 7, 12]) {
      for (const when of ['before', 'after'] as const) kept(await round({ ...place, ...SMALL, die: { at, when } }))
    }
    for (const milliseconds of [15, 40, 90, 170, 333]) kept(await round({ ...place, ...SMALL }, milliseconds))
    const store = await open(place)
    const sink = await openWritten(store, SMALL.fileBytes)
    await restoredSum(store, sink, SMALL.eventBytes)
    expect(sink.position).toBeGreaterThanOrEqual(stored)
    expect(sink.position).toBeGreaterThan(40)
    const left = await store.db<ThreatTables>().selectFrom('threat_steps').selectAll().execute()
    expect(left).toEqual([])
    await sink.close()
    await store.close()
  },
  240_000,
)

test('a disk that is full holds the step back; once there is room it is stored, once', async () => {
  const home = testFolder()
  const { child, lines } = startWriter({ home, eventBytes: 2 ** 20, fileBytes: 2 ** 30 })
  // The files of the database are no longer than 16 MiB: only that of the steps comes to the limit.
  const limit = (bytes: number | 'unlimited') =>
    execFileSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}:unlimited`])
  let full: number | undefined
  let stored = 0
  for await (const line of lines) {
    expect(line.failed).toBeUndefined()
    if (line.position === 0) limit(17 * 2 ** 20)
    stored = line.stored ?? stored
    if (line.failing !== undefined && full === undefined) {
      expect(line.failing).toContain('EFBIG')
      full = stored
      limit('unlimited')
    }
    if (full !== undefined && stored >= full + 3) break
  }
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(full).toBeGreaterThan(2)
  const store = await open({ home })
  const sink = await openWritten(store, 2 ** 30)
  await restoredSum(store, sink, 2 ** 20)
  expect(sink.position).toBeGreaterThanOrEqual(stored)
  expect(readdirSync(stepFolder(store.home, WRITTEN_FLOW))).toContain('stages.state')
  await sink.close()
  await store.close()
}, 120_000)
