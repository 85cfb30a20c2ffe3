import type pg from 'pg'
import { storeErrors } from './errors.ts'

/** The house's name among PostgreSQL's advisory locks: "dengta" in ASCII. */
const LOCK_KEY = BigInt(`0x${Buffer.from('dengta').toString('hex')}`).toString()

/** An advisory lock on a connection of its own; taken again by itself when that connection breaks. */
export class PostgresLock {
  readonly #connect: () => Promise<pg.Client>
  #holding: Promise<pg.Client> | undefined

  constructor(connect: () => Promise<pg.Client>) {
    this.#connect = connect
  }

  /** Throws `store.database_in_use` while another server holds it. */
  async hold(): Promise<void> {
    this.#holding ??= this.#take()
    try {
      await this.#holding
    } catch (thrown) {
      this.#holding = undefined
      throw thrown
    }
  }

  async release(): Promise<void> {
    const client = await this.#holding
    await client?.end()
  }

  async #take(): Promise<pg.Client> {
    const client = await this.#connect()
    client.once('end', () => {
      this.#holding = undefined
    })
    const { rows } = await client.query<{ got: boolean }>(`select pg_try_advisory_lock(${LOCK_KEY}) as got`)
    if (rows[0]?.got) return client
    await client.end()
    throw storeErrors.database_in_use()
  }
}
