import type { Store } from '@dengta/store'
import { sql } from 'kysely'
import type { ThreatTables } from '../tables.ts'

/** Alerts are kept so many; older ones live on in groups and counts. */
const KEPT_ALERTS = 200_000
/** Alerts of one statement that gives them up: about 15 ms of the embedded database, which all others wait for. */
const PIECE = 1000

export interface Kept {
  readonly alerts: number
  /** When the oldest kept one was received. */
  readonly since?: Date
}

interface Seen {
  /** Number of the newest alert counted. */
  readonly newest: string
  readonly alerts: number
}

/**
 * How many alerts are kept, and giving up the oldest beyond that. All are counted once; then alerts only come at the upper
 * end and go at the lower, so only new ones are. Their numbers alone would not do: a step that failed leaves a gap.
 */
export class KeptAlerts {
  readonly #store: Store
  readonly #most: number
  #seen: Seen = { newest: '0', alerts: 0 }
  /** All up to this number are given up; the index still holds them until the table is vacuumed. */
  #gone = '0'
  #turn: Promise<unknown> = Promise.resolve()

  constructor(store: Store, most = KEPT_ALERTS) {
    this.#store = store
    this.#most = most
  }

  async kept(): Promise<Kept> {
    const { alerts } = await this.#inTurn(() => this.#count())
    const oldest = await this.#db()
      .selectFrom('threat_alerts')
      .select('received_at')
      .where('seq', '>', this.#gone)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst()
    return { alerts, ...(oldest && { since: oldest.received_at }) }
  }

  /** Gives up one piece of what is beyond the kept number, once there is a whole one; answers whether there is more. */
  prune(): Promise<boolean> {
    return this.#inTurn(async () => {
      const { alerts } = await this.#count()
      if (alerts < this.#most + PIECE) return false
      const last = await this.#giveUp(PIECE)
      return last !== undefined && this.#seen.alerts >= this.#most + PIECE
    })
  }

  async #count(): Promise<Seen> {
    const { newest, alerts } = await this.#db()
      .selectFrom('threat_alerts')
      .select((eb) => [eb.fn.max<string | null>('seq').as('newest'), eb.fn.countAll<string>().as('alerts')])
      .where('seq', '>', this.#seen.newest)
      .executeTakeFirstOrThrow()
    if (newest !== null) this.#seen = { newest, alerts: this.#seen.alerts + Number(alerts) }
    return this.#seen
  }

  async #giveUp(alerts: number): Promise<string | undefined> {
    const { rows } = await sql<{ last: string | null; alerts: string }>`
      with gone as (
        delete from threat_alerts where seq = any (array(
          select seq from threat_alerts where seq > ${this.#gone} order by seq limit ${alerts}
        )) returning seq
      ) select max(seq) as last, count(*) as alerts from gone`.execute(this.#db())
    const last = rows[0]?.last ?? undefined
    if (last !== undefined) this.#gone = last
    this.#seen = { ...this.#seen, alerts: this.#seen.alerts - Number(rows[0]?.alerts ?? 0) }
    return last
  }

  #db() {
    return this.#store.db<ThreatTables>()
  }

  /** One after another, as each goes on from what the last one has seen. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }
}
