import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { removeAtEnd } from './test-folder.ts'

const PROGRAMS = ['18', '17', '16', '15'].map((version) => `/usr/lib/postgresql/${version}/bin`)
/** root may not run PostgreSQL; "nobody" can. */
const NOBODY = { uid: 65534, gid: 65534 }
const START_MS = 30_000

/** Whether a real PostgreSQL can be had here: TEST_DATABASE_URL, or the programs of a Debian package. */
export function postgresIsHere(): boolean {
  return Boolean(process.env.TEST_DATABASE_URL) || PROGRAMS.some((folder) => existsSync(folder))
}

/** URL of a PostgreSQL for tests: TEST_DATABASE_URL, or one of our own, with fsync, that ends with this process. */
export async function testPostgres(): Promise<string> {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL
  const programs = PROGRAMS.find((folder) => existsSync(folder))!
  const as = process.getuid?.() === 0 ? NOBODY : undefined
  const folder = mkdtempSync(join(tmpdir(), 'dengta-postgres-'))
  if (as) chownSync(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']
  execFileSync(join(programs, 'initdb'), initdb, { stdio: 'ignore', cwd: folder, ...as })
  const first = `cd "$1"; ${programs}/postgres -D data -k "$1" -c listen_addresses= & server=$!`
  removeAtEnd(folder, { first, last: 'kill -QUIT $server; wait $server', as })
  const url = `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`
  await untilItAnswers(url)
  return url
}

/** URL of an empty database of its own on that PostgreSQL, for processes that open it by themselves. */
export async function testPostgresDatabase(): Promise<string> {
  const url = new URL(await testPostgres())
  const name = `test_${process.pid}_${Date.now()}`
  const client = new pg.Client(url.href)
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  url.pathname = `/${name}`
  return url.href
}

async function untilItAnswers(url: string): Promise<void> {
  const end = performance.now() + START_MS
  for (;;) {
    const client = new pg.Client(url)
    try {
      await client.connect()
      return await client.end()
    } catch (thrown) {
      if (performance.now() > end) throw thrown
      await sleep(50)
    }
  }
}
