import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { base64, fromBase64 } from '@dengta/kernel'
import { ledgerErrors } from '../errors.ts'
import type { WitnessedHead } from './decide-cosign.ts'

/** What a witness must never forget: the last head that it cosigned, by origin. */
export interface WitnessStateStore {
  head(origin: string): WitnessedHead | undefined
  /** Is on the disk when it returns. Synchronous, so that no second request can come in between. */
  remember(origin: string, head: WitnessedHead): void
}

/** One JSON file `state.json`. Throws `ledger.witness_state_damaged`; a missing file is a new witness. */
export function witnessStateStore(home: string): WitnessStateStore {
  const file = join(home, 'state.json')
  const heads = readHeads(file)
  return {
    head: (origin) => heads.get(origin),
    remember: (origin, head) => {
      replaceDurably(file, formatHeads(new Map(heads).set(origin, head)))
      heads.set(origin, head)
    },
  }
}

interface StoredHead {
  readonly size: number
  readonly root: string
}

function formatHeads(heads: ReadonlyMap<string, WitnessedHead>): string {
  const stored = [...heads].map(([origin, { size, root }]) => [origin, { size, root: base64(root) }] as const)
  return `${JSON.stringify(Object.fromEntries(stored), null, 2)}\n`
}

function readHeads(file: string): Map<string, WitnessedHead> {
  const text = readIfThere(file)
  if (text === undefined) return new Map()
  try {
    const stored = Object.entries(JSON.parse(text) as Record<string, StoredHead>)
    return new Map(stored.map(([origin, head]) => [origin, parseHead(head)]))
  } catch (cause) {
    throw ledgerErrors.witness_state_damaged({ file }, cause)
  }
}

function parseHead({ size, root }: StoredHead): WitnessedHead {
  const head = { size, root: fromBase64(root) }
  if (!Number.isSafeInteger(size) || size < 0 || head.root.length !== 32) throw new TypeError('not a head')
  return head
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw ledgerErrors.witness_state_damaged({ file }, cause)
  }
}

function replaceDurably(file: string, text: string): void {
  const temporary = `${file}.tmp`
  withFile(temporary, 'w', (descriptor) => {
    writeSync(descriptor, text)
    fsyncSync(descriptor)
  })
  renameSync(temporary, file)
  withFile(dirname(file), 'r', fsyncSync)
}

function withFile(path: string, flags: 'w' | 'r', work: (descriptor: number) => void): void {
  const descriptor = openSync(path, flags, 0o600)
  try {
    work(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
