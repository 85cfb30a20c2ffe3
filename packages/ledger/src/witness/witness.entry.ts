import { createPublicKey } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { base64, type PublicKey, systemClock } from '@dengta/kernel'
import { fileKeyring } from '../key/file-keyring.ts'
import { holdFolder } from './hold-folder.ts'
import { serveWitness } from './witness-server.ts'
import { witnessStateStore } from './witness-state-store.ts'

/** A witness as a process of its own: its key and its memory stand in a folder that the log cannot write. */
const { values } = parseArgs({
  options: {
    home: { type: 'string' },
    port: { type: 'string', default: '0' },
    name: { type: 'string', default: 'dengta-witness' },
    origin: { type: 'string' },
    'log-key': { type: 'string' },
    'with-parent': { type: 'boolean', default: false },
  },
})

const USAGE =
  'usage: node dist/witness.js --home DIR --origin NAME --log-key FILE|BASE64 [--port N] [--name NAME] [--with-parent]'

/** An Ed25519 public key, as a PEM file or as base64 of its SubjectPublicKeyInfo. */
function readPublicKey(fileOrBase64: string): PublicKey {
  if (!existsSync(fileOrBase64)) return { algorithm: 'ed25519', spki: fileOrBase64 }
  const key = createPublicKey(readFileSync(fileOrBase64))
  return { algorithm: 'ed25519', spki: base64(new Uint8Array(key.export({ type: 'spki', format: 'der' }))) }
}

async function main(): Promise<void> {
  const { home, origin, name, 'log-key': logKey } = values
  if (home === undefined || origin === undefined || logKey === undefined) throw new TypeError(USAGE)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  await holdFolder(home)
  const signer = await fileKeyring(join(home, 'keys')).create('witness', 'ed25519')
  const logs = [{ origin, log: readPublicKey(logKey) }]
  const options = { name, signer, logs, state: witnessStateStore(home), clock: systemClock }
  const { port } = await serveWitness(options, Number(values.port))
  process.stdout.write(`${JSON.stringify({ port, name, key: signer.publicKey })}\n`)
}

if (values['with-parent']) process.stdin.resume().on('close', () => process.exit(0))
main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
  process.stdin.destroy()
})
