import type { Clock, Ids } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { Store } from '@dengta/store'
import type { ListenOptions } from '../ingest/access.ts'
import type { NatsSourceOptions } from '../ingest/nats/nats-source.ts'
import type { SyslogListenOptions } from '../ingest/syslog/syslog-senders.ts'
import type { Retention } from './retention/retention.ts'

/** What the environment decides of this pack. */
export interface ThreatSettings {
  /** Folder with `threat/` in it: real logs, rules and labels, where they are on this machine. */
  readonly dataFolder: string
  /** Folder or .tar.gz of Sigma rules; else those of the data folder, else the own sample. */
  readonly rules?: string
  /** Folder of own mappings, tried before those of the pack. */
  readonly mappings?: string
  readonly tcp?: ListenOptions
  readonly http?: ListenOptions
  /** TCP and UDP. */
  readonly syslog?: SyslogListenOptions
  readonly nats?: NatsSourceOptions
  /** Event files are read as they grow and as more come. */
  readonly folder?: string
  /** How far, in milliseconds, the time of an event may lie ahead of its receipt. */
  readonly aheadMs?: number
  /** What is left out is kept as usual. */
  readonly retention?: Partial<Retention>
}

/** What this pack needs of the server. */
export interface ThreatContext {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: Clock
  readonly ids: Ids
  readonly settings: ThreatSettings
  /** Takes a line for the server's log. */
  readonly warn: (line: string) => void
}
