import { base64, fromBase64 } from '@dengta/kernel'
import { bundleFromJSON } from '@sigstore/bundle'
import { PublicKey as TrustedKey, TrustedRoot } from '@sigstore/protobuf-specs'
import { toSignedEntity, toTrustMaterial, VerificationError, Verifier } from '@sigstore/verify'
import { describe, expect, test } from 'vitest'
import { exportOf, sampleRecords, sampleSigner, sampleTrust } from '../export/sample-log.fixture.ts'
import { recordIdOf } from '../statement/dsse.ts'
import { type SigstoreBundle, type SigstoreLogEntry, toSigstoreBundle } from './sigstore-bundle.ts'
import { sigstoreSignerKeys, sigstoreTrustedRoot } from './sigstore-trust.ts'

const file = exportOf(sampleRecords(5))
const ids = file.records.map((record) => recordIdOf(record.envelope))
const [first, second] = [toSigstoreBundle(file, ids[3]!), toSigstoreBundle(file, ids[4]!)]

const signerKeys = sigstoreSignerKeys(['house', 'vendor'].map((name) => sampleSigner(name).publicKey))
const keys = Object.fromEntries(Object.entries(signerKeys).map(([hint, key]) => [hint, TrustedKey.fromJSON(key)]))

/** As a stranger does it with @sigstore/verify. Our log issues no trusted timestamps, hence the threshold of 0. */
function sigstoreVerifies(bundle: unknown, trust = sampleTrust): void {
  const material = toTrustMaterial(TrustedRoot.fromJSON(sigstoreTrustedRoot(trust)), keys)
  const verifier = new Verifier(material, { tlogThreshold: 1, ctlogThreshold: 0, timestampThreshold: 0 })
  verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(JSON.stringify(bundle)))))
}

function withEntry(bundle: SigstoreBundle, change: (entry: SigstoreLogEntry) => object): unknown {
  const [entry] = bundle.verificationMaterial.tlogEntries
  const tlogEntries = [{ ...entry, ...change(entry) }]
  return { ...bundle, verificationMaterial: { ...bundle.verificationMaterial, tlogEntries } }
}

function withProof(change: (proof: SigstoreLogEntry['inclusionProof']) => object): unknown {
  return withEntry(first, ({ inclusionProof }) => ({
    inclusionProof: { ...inclusionProof, ...change(inclusionProof) },
  }))
}

function flipped(encoded: string): string {
  const bytes = fromBase64(encoded)
  bytes[0]! ^= 1
  return base64(bytes)
}

describe('@sigstore/verify', () => {
  test('accepts the bundle of every record', () => {
    for (const id of ids) expect(() => sigstoreVerifies(toSigstoreBundle(file, id))).not.toThrow()
  })

  const [signature] = first.dsseEnvelope.signatures
  const tampered: readonly (readonly [string, unknown])[] = [
    ['another payload', { ...first, dsseEnvelope: { ...first.dsseEnvelope, payload: second.dsseEnvelope.payload } }],
    ['another envelope', { ...first, dsseEnvelope: second.dsseEnvelope }],
    [
      'an altered signature',
      {
        ...first,
        dsseEnvelope: { ...first.dsseEnvelope, signatures: [{ ...signature, sig: flipped(signature.sig) }] },
      },
    ],
    ['another log entry', withEntry(first, () => second.verificationMaterial.tlogEntries[0])],
    ['an altered body', withEntry(first, (entry) => ({ canonicalizedBody: flipped(entry.canonicalizedBody) }))],
    ['a wrong sibling', withProof(({ hashes }) => ({ hashes: hashes.with(0, flipped(hashes[0]!)) }))],
    ['a sibling too few', withProof(({ hashes }) => ({ hashes: hashes.slice(1) }))],
    ['another index', withProof(() => ({ logIndex: '4' }))],
    ['an altered checkpoint', withProof(({ checkpoint }) => ({ checkpoint: grown(checkpoint.envelope) }))],
  ]

  test.each(tampered)('refuses %s', (_name, bundle) => {
    expect(() => sigstoreVerifies(bundle)).toThrow()
  })

  test('refuses a log that it does not trust', () => {
    const trust = { ...sampleTrust, log: sampleSigner('impostor').publicKey }
    expect(() => sigstoreVerifies(first, trust)).toThrow(VerificationError)
  })

  function grown(envelope: string): { envelope: string } {
    return { envelope: envelope.replace('\n17\n', '\n18\n') }
  }
})

test('a record that is not in the export is named', () => {
  expect(() => toSigstoreBundle(file, 'ab')).toThrow(expect.objectContaining({ code: 'evidence.record_not_in_export' }))
})

test('keys that Sigstore does not know are left out', () => {
  expect(sigstoreSignerKeys([{ algorithm: 'sm2', spki: 'AAAA' }])).toEqual({})
})
