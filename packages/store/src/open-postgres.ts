import type { PostgresPool } from 'kysely'
import pg from 'pg'
import { type Database, LONGEST_WAIT_SECONDS } from './database.ts'
import { storeErrors } from './errors.ts'
import { openPool } from './open-pool.ts'
import { PostgresLock } from './postgres-lock.ts'

const OLDEST_VERSION = 15
const CONNECTIONS = 10
/** A forgotten transaction or a lock that nobody gives back ends by itself. */
const SETTINGS = '-c idle_in_transaction_session_timeout=60s -c lock_timeout=60s'

/** Opens a real PostgreSQL and keeps every other Dengta server off this database while it is open. */
export async function openPostgres(url: string, log: (line: string) => void): Promise<Database> {
  const config: pg.ClientConfig = {
    connectionString: url,
    connectionTimeoutMillis: LONGEST_WAIT_SECONDS * 1000,
    options: SETTINGS,
    keepAlive: true,
  }
  const lock = new PostgresLock(() => connect(config))
  await lock.hold()
  const pool = openPool({ ...config, max: CONNECTIONS }, log)
  return {
    kind: 'postgres',
    pool: onlyWhileLocked(pool, lock),
    close: async () => {
      await pool.end()
      await lock.release()
    },
  }
}

function onlyWhileLocked(pool: pg.Pool, lock: PostgresLock): PostgresPool {
  return {
    connect: async () => {
      await lock.hold()
      return pool.connect()
    },
    end: () => pool.end(),
  }
}

async function connect(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config)
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message || String(thrown) : String(thrown)
    throw storeErrors.postgres_unreachable({ host: client.host, reason }, thrown)
  }
  await refuseOldVersion(client)
  return client
}

async function refuseOldVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  const version = rows[0]?.server_version ?? ''
  if (isOldEnoughToRefuse(version)) {
    await client.end()
    throw storeErrors.postgres_too_old({ version, needed: OLDEST_VERSION })
  }
}

/** `version` as PostgreSQL writes it, e.g. `15.14 (Debian 15.14-0+deb12u1)`. */
export function isOldEnoughToRefuse(version: string): boolean {
  return !(Number.parseInt(version, 10) >= OLDEST_VERSION)
}
