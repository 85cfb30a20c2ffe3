import { type Clock, type Migration, toAppError } from '@dengta/kernel'
import { type Kysely, sql, type Transaction } from 'kysely'
import { storeErrors } from './errors.ts'
import type { ParkedJob } from './job-queue.ts'

export const jobMigration: Migration = {
  id: 'store/001-jobs',
  sql: `create table house_jobs (
    id bigint generated always as identity primary key,
    queue text not null,
    payload jsonb not null,
    state text not null default 'waiting' check (state in ('waiting', 'running', 'resting', 'parked')),
    failures int not null default 0,
    crashes int not null default 0,
    error text,
    enqueued_at timestamptz not null
  );
  create index house_jobs_waiting on house_jobs (queue, id) where state = 'waiting'`,
}

/** How often a job is tried, and how many crashes of the whole server it may have been part of. */
const MAX_ATTEMPTS = 3
const MAX_CRASHES = 10
const CRASHED = storeErrors.job_crashed({ crashes: MAX_CRASHES }).code

export interface ClaimedJob {
  readonly id: string
  readonly payload: unknown
  readonly failures: number
}

/** The rows of the queue. One process works on a database (its lock says so), so a row that runs at a start is a left-over. */
export class JobRows {
  readonly #db: Kysely<unknown>
  readonly #clock: Clock

  constructor(db: Kysely<unknown>, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  async insert(tx: Transaction<unknown>, queue: string, payload: object): Promise<void> {
    await sql`insert into house_jobs (queue, payload, enqueued_at)
      values (${queue}, ${JSON.stringify(payload)}::jsonb, ${this.#clock.now()})`.execute(tx)
  }

  /** After a start: what ran or rested when the last process ended waits again, or is parked if it keeps taking the house down. */
  async recover(): Promise<void> {
    await sql`update house_jobs set state = 'parked', error = ${CRASHED}, crashes = crashes + 1
      where state = 'running' and crashes + 1 >= ${MAX_CRASHES}`.execute(this.#db)
    await sql`update house_jobs set state = 'waiting', crashes = crashes + (state = 'running')::int
      where state in ('running', 'resting')`.execute(this.#db)
  }

  async claim(queue: string): Promise<ClaimedJob | undefined> {
    const { rows } = await sql<ClaimedJob>`update house_jobs set state = 'running' where id = (
      select id from house_jobs where queue = ${queue} and state = 'waiting' order by id limit 1 for update skip locked
    ) returning id, payload, failures`.execute(this.#db)
    return rows[0]
  }

  async done(id: string): Promise<void> {
    await sql`delete from house_jobs where id = ${id}`.execute(this.#db)
  }

  /** Answers whether the job rests before a next attempt; else it is parked. */
  async failed(job: ClaimedJob, thrown: unknown): Promise<boolean> {
    const again = job.failures + 1 < MAX_ATTEMPTS
    await sql`update house_jobs set state = ${again ? 'resting' : 'parked'}, failures = failures + 1,
      error = ${toAppError(thrown).code} where id = ${job.id}`.execute(this.#db)
    return again
  }

  async wait(id: string): Promise<void> {
    await sql`update house_jobs set state = 'waiting' where id = ${id} and state = 'resting'`.execute(this.#db)
  }

  /** An orderly stop is no crash: what still runs simply waits for the next start. */
  async release(): Promise<void> {
    await sql`update house_jobs set state = 'waiting' where state = 'running'`.execute(this.#db)
  }

  async unfinished(queues: readonly string[]): Promise<number> {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from house_jobs
      where state <> 'parked' and queue = any(${queues})`.execute(this.#db)
    return rows[0]?.count ?? 0
  }

  async parked(): Promise<readonly ParkedJob[]> {
    const { rows } = await sql<ParkedJob>`select id, queue, payload, error from house_jobs
      where state = 'parked' order by id`.execute(this.#db)
    return rows
  }
}
