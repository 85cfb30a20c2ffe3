import { type Caller, type Clock, type Ids, type Text, utf8 } from '@dengta/kernel'
import type { DayQuery } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import type { Transaction } from 'kysely'
import type { Snapshot } from '../model/snapshot.ts'
import { runApart } from '../plan/plan-client.ts'
import type { ReadDay } from '../plan/plan-task.ts'
import type { ComputeTables } from '../tables.ts'
import { type Day, nextMidnight } from './day.ts'
import { dayErrors as errors } from './day-errors.ts'
import type { DayStore } from './day-store.ts'
import { textOf } from './read-text.ts'

export interface DayService {
  /** Reads and stores a day. Throws `compute.*` with line and field where the file is wrong, `day.other_origin`; nothing is kept then. */
  upload(caller: Caller, query: DayQuery, body: AsyncIterable<Uint8Array>): Promise<Day>
  /** Throws `day.missing`. */
  get(id: string): Promise<Day>
  /** Newest first. */
  list(): Promise<readonly Day[]>
  /** The snapshot with this digest; throws `store.blob_missing`. */
  snapshot(digest: string): Promise<Snapshot>
  /** Keeps a snapshot that the house derived; answers its digest. */
  keep(json: string): Promise<string>
}

export interface DayServiceParts {
  readonly store: Store
  readonly days: DayStore
  readonly clock: Clock
  readonly ids: Ids
  /** What comes true with a day, in its own transaction; also with one that was known already. */
  readonly opened: (tx: Transaction<ComputeTables>) => Promise<void>
}

export function dayService(parts: DayServiceParts): DayService {
  const { store, days } = parts
  return {
    upload: (caller, query, body) => upload(parts, { caller, query, body }),
    get: async (id) => {
      const day = await days.find(id)
      if (!day) throw errors.missing({ id })
      return day
    },
    list: () => days.list(),
    snapshot: snapshotReader(store),
    keep: async (json) => (await store.blobs.put(utf8(json))).digest,
  }
}

/** The last one is kept as long as memory is not needed: each job that is asked for wants the same, and a large one takes 0.15 s to read. */
function snapshotReader(store: Store): DayService['snapshot'] {
  let last: { readonly digest: string; readonly snapshot: WeakRef<Snapshot> } | undefined
  return async (digest) => {
    const kept = last?.digest === digest ? last.snapshot.deref() : undefined
    if (kept) return kept
    const snapshot = JSON.parse(new TextDecoder().decode(await store.blobs.get(digest))) as Snapshot
    last = { digest, snapshot: new WeakRef(snapshot) }
    return snapshot
  }
}

interface Upload {
  readonly caller: Caller
  readonly query: DayQuery
  readonly body: AsyncIterable<Uint8Array>
}

async function upload(parts: DayServiceParts, { caller, query, body }: Upload): Promise<Day> {
  const { store, days, clock, ids, opened } = parts
  const text = await textOf(body)
  const read = await runApart({ kind: 'read', text })
  const [source, snapshot] = [await store.blobs.put(utf8(text)), await store.blobs.put(utf8(read.json))]
  const now = clock.now()
  const stored = {
    ...{ id: ids.next('day'), snapshot: snapshot.digest, sourceFile: source.digest },
    ...{ origin: query.origin, source: query.source, uploadedBy: caller.participant, uploadedAt: now },
    startsAt: query.startsAt === undefined ? nextMidnight(now) : new Date(query.startsAt),
  }
  return store.transaction<ComputeTables, Day>(async (tx) => {
    const day = await days.add(tx, { ...summary(read), ...stored })
    if (day.origin !== query.origin)
      throw errors.other_origin({ id: day.id, known: ORIGINS[day.origin], asked: ORIGINS[query.origin] })
    await opened(tx)
    return day
  })
}

const ORIGINS: Readonly<Record<Day['origin'], Text>> = {
  real: { en: 'real', zh: '真实' },
  simulated: { en: 'simulated', zh: '模拟' },
}

/** What the list of days shows of a snapshot. */
function summary({ snapshot }: ReadDay) {
  const { name, slots, slotMinutes, jobs, participants } = snapshot
  const sites = snapshot.sites.map((site) => ({
    site: site.name,
    ...(site.feeder !== undefined && { feeder: site.feeder }),
    pools: site.pools.map(({ chip, count, trust }) => ({ chip, count, trust })),
  }))
  return { name, slots, slotMinutes, sites, jobs: jobs.length, participants: participants.length }
}
