import { generateKeyPairSync } from 'node:crypto'
import { consistencyProof, leafHash, rootOfHashes, signCheckpoint } from '@dengta/evidence'
import { utf8 } from '@dengta/kernel'
import { expect, test } from 'vitest'
import { signerOf } from '../key/key-pair.ts'
import { decideCosign, type WitnessedHead } from './decide-cosign.ts'

const newSigner = () =>
  signerOf(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string)
const log = newSigner()
const origin = 'example.com/log'

const leaves = (count: number, salt = '') => Array.from({ length: count }, (_, i) => leafHash(utf8(`${salt}${i}`)))
const headOf = (hashes: readonly Uint8Array[]): WitnessedHead => ({ size: hashes.length, root: rootOfHashes(hashes) })
const noteOf = (head: WitnessedHead, { signer = log, name = origin } = {}) =>
  signCheckpoint({ origin: name, ...head }, signer)

/** The proof that a log with these leaves would give. */
function proofOf(hashes: readonly Uint8Array[], oldSize: number): readonly Uint8Array[] {
  const hashAt = (level: number, index: number) =>
    rootOfHashes(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level))
  return consistencyProof(oldSize, hashes.length, hashAt)
}

const seen = headOf(leaves(7))
const grown = leaves(12)
const forked = [...leaves(6), ...leaves(6, 'other')]
const stranger = newSigner()

const decide = (oldSize: number, checkpoint: string, proof: readonly Uint8Array[], head?: WitnessedHead) =>
  decideCosign({ oldSize, checkpoint, proof }, (name) =>
    name === origin ? { log: { origin, log: log.publicKey }, head } : undefined,
  )

test('cosigns the first head it sees, one that has grown, and the same one again', () => {
  expect(decide(0, noteOf(seen), [])).toMatchObject({ ok: true, head: seen })
  expect(decide(7, noteOf(headOf(grown)), proofOf(grown, 7), seen)).toMatchObject({ ok: true, head: headOf(grown) })
  expect(decide(7, noteOf(seen), [], seen)).toMatchObject({ ok: true, head: seen })
})

const head = (hashes: readonly Uint8Array[]) => noteOf(headOf(hashes))
const cases: readonly [string, Parameters<typeof decide>, number, string?][] = [
  ['a fork with the proof of the forked log', [7, head(forked), proofOf(forked, 7), seen], 422],
  ['a fork with the proof of the true log', [7, head(forked), proofOf(grown, 7), seen], 422],
  ['a fork of the same size', [7, head(leaves(7, 'other')), [], seen], 409, '7\n'],
  ['a rollback', [7, head(leaves(5)), [], seen], 400],
  ['a rollback that pretends a smaller old size', [5, head(leaves(5)), [], seen], 409, '7\n'],
  ['a start from nothing after it has seen something', [0, head(grown), [], seen], 409, '7\n'],
  ['growth without a proof', [7, head(grown), [], seen], 422],
  ['a proof that is one hash too long', [7, head(grown), [...proofOf(grown, 7), seen.root], seen], 422],
  ['a proof with a changed hash', [7, head(grown), [leafHash(utf8('x')), ...proofOf(grown, 7).slice(1)], seen], 422],
  ['an unknown log', [0, noteOf(seen, { name: 'example.com/other' }), []], 404],
  ['a head that somebody else signed', [0, noteOf(seen, { signer: stranger }), []], 403],
  ['something that is no checkpoint', [0, 'hello', []], 400],
]

test.each(cases)('refuses %s', (_, request, status, answer) => {
  const decision = decide(...request)
  expect(decision).toMatchObject({ ok: false, status, ...(answer === undefined ? {} : { answer }) })
})
