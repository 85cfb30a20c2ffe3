import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock as clock } from '@dengta/kernel'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { entryFile } from './entry-file.ts'
import { openStore } from './open-store.ts'
import type { Store } from './store.ts'
import { type KeptTables, keptJob, keptMigration } from './store-writer.ts'
import { testHome } from './test-home.ts'

const ROUNDS = 20

type Line = { open: number } | { failed: string } | { n: number; digest: string }
type Acknowledged = Map<number, string>

function startWriter(home: string): { child: ChildProcess; lines: AsyncIterator<Line> } {
  const child = spawn(process.execPath, [entryFile('store-writer'), home], { stdio: ['ignore', 'pipe', 'inherit'] })
  const text = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  const next = async (): Promise<IteratorResult<Line>> => {
    const { value, done } = await text.next()
    return done ? { value: undefined, done } : { value: JSON.parse(value), done: false }
  }
  return { child, lines: { next } }
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** One writer, killed at a random moment of its start (even rounds) or of its work (odd ones). */
async function killedRound(home: string, round: number, acknowledged: Acknowledged): Promise<void> {
  const { child, lines } = startWriter(home)
  const killLater = () => sleep(Math.random() * 1500).then(() => kill(child))
  let killed = round % 2 === 0 ? killLater() : undefined
  for (let line = await lines.next(); !line.done; line = await lines.next()) {
    expect(line.value).not.toHaveProperty('failed')
    if ('n' in line.value) acknowledged.set(line.value.n, line.value.digest)
    killed ??= killLater()
  }
  await killed
}

async function expectNothingLost(store: Store, acknowledged: Acknowledged): Promise<void> {
  const db = store.db<KeptTables>()
  const kept = new Map((await db.selectFrom('kept').selectAll().execute()).map(({ n, digest }) => [n, digest]))
  for (const [n, digest] of acknowledged) expect(kept.get(n)).toBe(digest)
  for (const digest of kept.values()) await store.blobs.get(digest)
  const { rows } = await sql`select sum(amount)::int as sum, max(amount) as most from account`.execute(db)
  expect(rows).toEqual([{ sum: 0, most: kept.size }])
}

async function expectAllJobsRun(store: Store): Promise<void> {
  await store.jobs.start([keptJob(store)])
  await store.jobs.idle()
  const missed = await sql`select n from kept except select n from ran`.execute(store.db())
  expect(missed.rows).toEqual([])
  expect(await store.jobs.parked()).toEqual([])
}

test(`kill -9 at ${ROUNDS} random moments loses no acknowledged row, blob or job`, async () => {
  const home = await testHome()
  const acknowledged: Acknowledged = new Map()
  for (let round = 0; round < ROUNDS; round += 1) {
    await killedRound(home, round, acknowledged)
    const store = await openStore({ home, migrations: [keptMigration], clock })
    await expectNothingLost(store, acknowledged)
    if (round === ROUNDS - 1) await expectAllJobsRun(store)
    await store.close()
  }
  expect(acknowledged.size).toBeGreaterThan(ROUNDS)
})

test('of three that open one folder at once exactly one wins, also right after a kill -9', async () => {
  const home = await testHome()
  for (let round = 0; round < 5; round += 1) {
    const writers = [startWriter(home), startWriter(home), startWriter(home)]
    const first = await Promise.all(writers.map(async ({ lines }) => (await lines.next()).value as Line))
    const refused = first.filter((line) => 'failed' in line && line.failed === 'store.locked')
    expect([refused.length, first.filter((line) => 'open' in line).length]).toEqual([2, 1])
    await Promise.all(writers.filter(({ child }) => child.exitCode === null).map(({ child }) => kill(child)))
  }
})
