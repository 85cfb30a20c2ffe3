import { type DatabaseState, nextUpkeep, type TableState, type Upkeep } from './upkeep.ts'

/** Milliseconds between two looks, and so between two things that are done. */
const LOOK_MS = 5000

interface Queries {
  query(text: string): Promise<{ readonly rows: readonly unknown[] }>
}

/** Keeps the folder of the embedded database small, which has nobody else to do it: no autovacuum, no checkpointer. */
export function startUpkeep(database: Queries, log: (line: string) => void): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  let isStopped = false
  let before: Upkeep | undefined
  const look = () => {
    running = keepUp(database, before)
      .then((done) => {
        before = done
      })
      .catch((error: Error) => isStopped || log(`store: upkeep failed: ${error.message}`))
      .then(() => {
        if (!isStopped) timer = setTimeout(look, LOOK_MS).unref()
      })
  }
  timer = setTimeout(look, LOOK_MS).unref()
  return {
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}

/** Does the one thing that is most needed, if any, and answers it; `before` is what the last look did. */
export async function keepUp(database: Queries, before?: Upkeep): Promise<Upkeep | undefined> {
  const step = nextUpkeep(await stateOf(database), before)
  if (step !== undefined) await database.query(step)
  return step
}

/** Counts reach the views only when they are flushed, which else happens at times of the engine's own. */
async function stateOf(database: Queries): Promise<DatabaseState> {
  await database.query('select pg_stat_force_next_flush()')
  const log = await database.query(LOG)
  const tables = await database.query(TABLES)
  const [{ bytes }] = log.rows as [{ readonly bytes: string }]
  return { log: Number(bytes), tables: tables.rows as TableState[] }
}

const LOG = 'select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn) as bytes from pg_control_checkpoint()'

const TABLES = `
  select quote_ident(nspname) || '.' || quote_ident(relname) as name, reltuples::float8 as rows,
    pg_stat_get_dead_tuples(c.oid)::float8 as dead, pg_stat_get_mod_since_analyze(c.oid)::float8 as changed,
    relkind = 't' as "holdsLongValues"
  from pg_class c join pg_namespace n on n.oid = relnamespace
  where relkind in ('r', 't', 'm') and relpersistence = 'p'
    and pg_stat_get_dead_tuples(c.oid) + pg_stat_get_mod_since_analyze(c.oid) > 1000
`
