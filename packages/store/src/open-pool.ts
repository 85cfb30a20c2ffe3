import pg from 'pg'

/** A pool in which a broken connection is an error of the query that ran on it, never an uncaught one of the process. */
export function openPool(config: pg.PoolConfig, log: (line: string) => void): pg.Pool {
  const pool = new pg.Pool(config)
  pool.on('error', (error) => log(`store: ${error.message}`))
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
  return pool
}
