import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { sha256Hex, utf8 } from '@dengta/kernel'
import { ledgerErrors } from '../errors.ts'

/**
 * Keeps a second witness off the same memory for as long as this process lives; throws `ledger.witness_folder_in_use`.
 * An abstract socket (Linux): nothing stale stays behind. Not the store's lock, as a witness stands without a store.
 */
export async function holdFolder(home: string): Promise<void> {
  if (process.platform !== 'linux') return
  const server = createServer().listen(`\0dengta-witness-${sha256Hex(utf8(realpathSync(home)))}`)
  await once(server, 'listening').catch((cause) => {
    throw ledgerErrors.witness_folder_in_use({ folder: home }, cause)
  })
  server.unref()
}
