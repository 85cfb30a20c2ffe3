import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import { ingestErrors } from './ingest-errors.ts'

const MIN_TOKEN = 16

/** Where a listener listens, and who may send. */
export interface ListenOptions {
  /** 127.0.0.1 where left out. */
  readonly host?: string
  /** 0 takes any free port. */
  readonly port: number
  /** Needed wherever others than this machine can reach the listener. */
  readonly token?: string
  /** A longer line is passed over and counted; 1 MiB where left out. */
  readonly maxLineBytes?: number
}

/** Throws `threat_ingest.open_listener` for an address beyond this machine without a token. */
export function checkListen({ host = '127.0.0.1', token }: ListenOptions): void {
  const isLocal = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
  if (!isLocal && (token?.length ?? 0) < MIN_TOKEN) throw ingestErrors.open_listener({ host })
}

/** Compares in a time that does not depend on how much is right. */
export function mayIngest(wanted: string | undefined, given: string | undefined): boolean {
  if (wanted === undefined) return true
  return given !== undefined && timingSafeEqual(digest(wanted), digest(given))
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
