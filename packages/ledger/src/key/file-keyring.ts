import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignatureAlgorithm, Signer } from '@dengta/kernel'
import { ledgerErrors } from '../errors.ts'
import { makePrivateKey, signerOf } from './key-pair.ts'
import type { Keyring } from './keyring.ts'

const NAME = /^[a-z0-9][a-z0-9-]{0,99}$/

/** Keys as PKCS#8 PEM files `<folder>/<name>.pem`, mode 0600 in a folder of mode 0700. */
export function fileKeyring(folder: string): Keyring {
  const known = new Map<string, Signer>()

  const signer = async (name: string): Promise<Signer> => {
    const signer = known.get(name) ?? (await readSigner(fileOf(folder, name), name))
    known.set(name, signer)
    return signer
  }
  return {
    signer,
    create: async (name, suite) => {
      if (!known.has(name)) await writeOnce(folder, fileOf(folder, name), suite)
      return signer(name)
    },
  }
}

function fileOf(folder: string, name: string): string {
  if (!NAME.test(name)) throw ledgerErrors.key_name({ name })
  return join(folder, `${name}.pem`)
}

async function readSigner(file: string, name: string): Promise<Signer> {
  const pem = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT'
      ? ledgerErrors.key_missing({ name }, cause)
      : ledgerErrors.key_damaged({ file }, cause)
  })
  try {
    return signerOf(pem)
  } catch (cause) {
    throw ledgerErrors.key_damaged({ file }, cause)
  }
}

/** `link` is a rename that never replaces: of two makers at once the first wins, and both use its key. */
async function writeOnce(folder: string, file: string, suite: SignatureAlgorithm): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`
  await writeDurably(temporary, makePrivateKey(suite))
  try {
    await link(temporary, file)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
  } finally {
    await unlink(temporary)
  }
  await syncFolder(folder)
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
