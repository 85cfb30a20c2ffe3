import type pg from 'pg'
import { storeErrors } from './errors.ts'

/** The house's name among PostgreSQL's advisory locks: "dengta" in ASCII. */
const LOCK_KEY = BigInt(`0x${Buffer.from('dengta').toString('hex')}`).toString()

/** An advisory lock on a connection of its own; taken again by itself when that connection breaks. */
export class PostgresLock {
  readonly #connect: () => Promise<pg.Client>
  #released = false
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
    this.#released = true
    const client = await this.#holding
    await client?.query(`select pg_advisory_unlock(${LOCK_KEY})`).catch(() => undefined)
    await client?.end()
  }

  async #take(): Promise<pg.Client> {
    const client = await this.#connect()
    const { rows } = await client.query<{ got: boolean }>(`select pg_try_advisory_lock(${LOCK_KEY}) as got`)
    if (!rows[0]?.got) {
      await client.end()
      throw storeErrors.database_in_use()
    }
    client.once('end', () => this.#lost())
    return client
  }

  /** Taken again at once, to leave no gap; where that fails, the next user of the pool tries and gets the error. */
  #lost(): void {
    this.#holding = undefined
    if (!this.#released) this.hold().catch(() => undefined)
  }
}
