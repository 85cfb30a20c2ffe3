import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromBase64, type SignatureAlgorithm, utf8, verifySignature } from '@dengta/kernel'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fileKeyring } from './file-keyring.ts'

let home: string
let folder: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'keyring-'))
  folder = join(home, 'keys')
})
afterEach(() => rmSync(home, { recursive: true }))

const message = utf8('nothing counts without a record')

/** Asks the openssl command, which we did not write, whether a signature holds. */
function opensslAccepts(suite: SignatureAlgorithm, spki: string, signature: Uint8Array): boolean {
  const file = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(home, name), bytes)
    return join(home, name)
  }
  const key = ['-inkey', file('key.der', fromBase64(spki)), '-keyform', 'DER', '-pubin']
  const digest = suite === 'sm2' ? ['-rawin', '-digest', 'sm3'] : ['-rawin']
  const files = ['-in', file('message', message), '-sigfile', file('signature', signature)]
  const answer = execFileSync('openssl', ['pkeyutl', '-verify', ...key, ...digest, ...files], { encoding: 'utf8' })
  return answer.includes('Signature Verified Successfully')
}

describe.each(['ed25519', 'sm2'] as const)('%s', (suite) => {
  test('signs what the kernel and openssl both verify, and refuses a changed message', async () => {
    const { publicKey, sign } = await fileKeyring(folder).create('participant-a', suite)
    const signature = sign(message)
    expect(publicKey.algorithm).toBe(suite)
    expect(verifySignature(publicKey, message, signature)).toBe(true)
    expect(verifySignature(publicKey, utf8('something else'), signature)).toBe(false)
    expect(opensslAccepts(suite, publicKey.spki, signature)).toBe(true)
  })

  test('the key is the same after a restart', async () => {
    const made = await fileKeyring(folder).create('participant-a', suite)
    const read = await fileKeyring(folder).signer('participant-a')
    expect(read.publicKey).toEqual(made.publicKey)
    expect(verifySignature(made.publicKey, message, read.sign(message))).toBe(true)
  })
})

test('only the owner may read the files, and no temporary file stays', async () => {
  await fileKeyring(folder).create('log', 'ed25519')
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'log.pem')).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['log.pem'])
})

test('many makers of one name at once end with one key', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => fileKeyring(folder).create('log', 'ed25519')))
  expect(new Set(made.map((signer) => signer.publicKey.spki)).size).toBe(1)
})

test('says which key is missing, damaged or badly named', async () => {
  const keyring = fileKeyring(folder)
  await expect(keyring.signer('nobody')).rejects.toMatchObject({ code: 'ledger.key_missing' })
  await expect(keyring.signer('../log')).rejects.toMatchObject({ code: 'ledger.key_name' })
  await keyring.create('log', 'ed25519')
  writeFileSync(join(folder, 'log.pem'), 'not a key')
  await expect(fileKeyring(folder).signer('log')).rejects.toMatchObject({ code: 'ledger.key_damaged' })
})
