import { join } from 'node:path'
import { EMPTY_ROOT, signCheckpoint, type TrustRoot } from '@dengta/evidence'
import type { Clock, PublicKey, SignatureAlgorithm, Signer } from '@dengta/kernel'
import type { Store } from '@dengta/store'
import { cosignLoop } from './cosign/cosign-loop.ts'
import { sqlCosignatureStore } from './cosign/sql-cosignature-store.ts'
import type { Witness } from './cosign/witness-client.ts'
import { fileKeyring } from './key/file-keyring.ts'
import type { Keyring } from './key/keyring.ts'
import type { Ledger } from './ledger.ts'
import { appendRecord } from './log/append-record.ts'
import { checkLog } from './log/check-log.ts'
import { exportRecords } from './log/export-records.ts'
import { type Cosigned, currentHead, readLogHead } from './log/read-log-head.ts'
import { readTile } from './log/read-tile.ts'
import { countRecords, createHead, readRecords, readRecordsById } from './log/sql-log-store.ts'
import type { LogTables } from './log/tables.ts'

export interface LedgerOptions {
  readonly store: Store
  readonly clock: Clock
  /** The data folder; keys stand in `<home>/keys`. */
  readonly home: string
  /** The name of the log, such as `example.com/dengta`; part of everything it signs. */
  readonly origin: string
  /** Suite of the keys of participants. Log and witnesses always sign with Ed25519 (C2SP). */
  readonly suite?: SignatureAlgorithm
  readonly witnesses?: readonly Witness[]
  /** How many witnesses must cosign; all of them unless stated. */
  readonly threshold?: number
  readonly warn?: (text: string) => void
}

const LOG_KEY = 'log'
const EXPORT_WAIT_MS = 3000

/** Names of keys never meet: a participant called "log" does not sign as the log. */
const keyOf = (participant: string): string => `participant-${participant}`

/** The key of the log, made at first use; a witness is started with it before the ledger opens. */
export async function logKey(home: string): Promise<PublicKey> {
  return (await makeLogKey(keysIn(home))).publicKey
}

/** Opens the log over a migrated store. Refuses to start, with `ledger.damaged`, on a log that does not add up. */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const keys = keysIn(options.home)
  const log = await makeLogKey(keys)
  const trust = trustOf(options, log)
  const db = options.store.db<LogTables>()
  const empty = { origin: options.origin, size: 0, root: EMPTY_ROOT }
  await createHead(db, { size: 0, root: EMPTY_ROOT, checkpoint: signCheckpoint(empty, log) })
  await checkLog(db, trust)
  return ledgerOver({ options, keys, log, trust })
}

function keysIn(home: string): Keyring {
  return fileKeyring(join(home, 'keys'))
}

function makeLogKey(keys: Keyring): Promise<Signer> {
  return keys.create(LOG_KEY, 'ed25519')
}

function trustOf({ origin, witnesses = [], threshold = witnesses.length }: LedgerOptions, log: Signer): TrustRoot {
  return { origin, log: log.publicKey, witnesses: witnesses.map(({ name, key }) => ({ name, key })), threshold }
}

interface LedgerParts {
  readonly options: LedgerOptions
  readonly keys: Keyring
  readonly log: Signer
  readonly trust: TrustRoot
}

async function ledgerOver({ options, keys, log, trust }: LedgerParts): Promise<Ledger> {
  const { store, clock, origin, suite = 'ed25519', witnesses = [], warn = console.warn } = options
  const db = store.db<LogTables>()
  const cosigned: Cosigned = { db, store: sqlCosignatureStore(db), ...trust }
  const loop = cosignLoop({ db, store: cosigned.store, clock, witnesses, warn })
  loop.notice((await currentHead(cosigned)).size)
  return {
    append: async (tx, fact) => {
      const actor = await keys.signer(keyOf(fact.actor))
      const record = await appendRecord(tx, fact, { origin, log, actor, now: () => clock.now() })
      loop.notice(record.index + 1)
      return record
    },
    records: (filter = {}) => readRecords(db, filter),
    find: async (id) => (await readRecordsById(db, [id]))[0],
    counts: () => countRecords(db),
    head: () => readLogHead(cosigned),
    trust: () => trust,
    export: (title, ids, waitMs = EXPORT_WAIT_MS) => exportRecords(cosigned, { title, ids, trust, waitMs }),
    tile: (path) => readTile(db, path),
    createKey: async (participant) => (await keys.create(keyOf(participant), suite)).publicKey,
    close: () => loop.close(),
  }
}
