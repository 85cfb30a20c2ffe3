import { execFileSync } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import type { PostgresPoolClient } from 'kysely'
import { expect, test } from 'vitest'
import { openPglite } from './open-pglite.ts'
import { testHome } from './test-home.ts'
import { keepUp } from './upkeep-timer.ts'

const MB = 1024 * 1024
const ROUNDS = 120
const KEPT = 2000

const megabytes = (folder: string): number =>
  Number(execFileSync('du', ['-s', '--block-size=1M', folder], { encoding: 'utf8' }).split('\t')[0])
const queriesOf = (client: PostgresPoolClient) => ({
  query: async <Row>(text: string) => client.query<Row>(text, []),
})

/** 2,000 rows of 2.2 KB come and as many go, beside one long value that is replaced. */
async function writeRound({ query }: ReturnType<typeof queriesOf>, round: number): Promise<void> {
  await query(
    `insert into flow select ${round} * ${KEPT} + n, repeat(md5(random()::text), 60) from generate_series(1, ${KEPT}) as n`,
  )
  await query(`delete from flow where id <= ${round} * ${KEPT}`)
  await query(`update one set long = (select string_agg(md5(random()::text), '') from generate_series(1, 20000))`)
}

test('a folder and its log stay small under steady insert and delete, and a start after a crash stays short', async () => {
  const folder = join(await testHome(), 'database')
  const database = await openPglite(folder, console.error)
  const client = await database.pool.connect()
  const queries = queriesOf(client)
  await queries.query('create table flow (id bigint primary key, body text); create table one (long text)')
  await queries.query(`alter table one alter long set storage external; insert into one values ('')`)
  const begin = megabytes(folder)
  const [sizes, logs, steps]: [number[], number[], string[]] = [[], [], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    await writeRound(queries, round)
    for (let more = 0; more < 2; more += 1) steps.push((await keepUp(queries)) ?? '')
    sizes.push(megabytes(folder) - begin)
    logs.push(megabytes(join(folder, 'pg_wal')))
  }
  const { rows } = await queries.query<{ written: string }>(
    `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as written`,
  )
  expect(Number(rows[0]?.written)).toBeGreaterThan(300 * MB)
  expect(Math.max(...logs)).toBeLessThan(110)
  expect(Math.max(...sizes.slice(ROUNDS / 2))).toBeLessThanOrEqual(Math.max(...sizes.slice(0, ROUNDS / 2)) + 16)
  expect(steps.filter((step) => step === 'checkpoint').length).toBeGreaterThan(5)
  expect(new Set(steps)).toContain('vacuum public.flow')
  expect(steps.some((step) => step.startsWith('vacuum pg_toast.'))).toBe(true)

  const crashed = join(await testHome(), 'crashed')
  await cp(folder, crashed, { recursive: true })
  const started = performance.now()
  const again = await openPglite(crashed, console.error)
  const other = await again.pool.connect()
  expect((await other.query<{ n: number }>('select count(*)::integer as n from flow', [])).rows).toEqual([{ n: KEPT }])
  const seconds = (performance.now() - started) / 1000
  console.log(`sizes ${sizes.at(-1)} MB, log ${logs.at(-1)} MB, start after a crash ${seconds.toFixed(1)} s`)
  expect(seconds).toBeLessThan(15)
  for (const [held, open] of [
    [client, database],
    [other, again],
  ] as const) {
    held.release()
    await open.close()
  }
})
