import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { bundleFromJSON } from '@sigstore/bundle'
import { PublicKey, TrustedRoot } from '@sigstore/protobuf-specs'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'

const [bundle, trust, exported] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')))
const der = Buffer.from(trust.log.spki, 'base64')
const digest = createHash('sha256')
  .update(`${trust.origin}\n`)
  .update(Buffer.from([1]))
  .update(der.subarray(-32))
  .digest()
const always = { start: '1970-01-01T00:00:00Z' }
const key = (spki) => ({ rawBytes: spki, keyDetails: 'PKIX_ED25519', validFor: always })
const log = { baseUrl: `https://${trust.origin}`, hashAlgorithm: 'SHA2_256', publicKey: key(trust.log.spki) }
const ids = {
  logId: { keyId: digest.toString('base64') },
  checkpointKeyId: { keyId: digest.subarray(0, 4).toString('base64') },
}
const root = { tlogs: [{ ...log, ...ids }], certificateAuthorities: [], ctlogs: [], timestampAuthorities: [] }
const hint = bundle.verificationMaterial.publicKey.hint
const signer = exported.records.find((record) => record.envelope.signatures[0].keyid === hint).key
const material = toTrustMaterial(TrustedRoot.fromJSON(root), { [hint]: PublicKey.fromJSON(key(signer.spki)) })
new Verifier(material, { tlogThreshold: 1, ctlogThreshold: 0, timestampThreshold: 0 }).verify(
  toSignedEntity(bundleFromJSON(bundle)),
)
console.log('verified by Sigstore', JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64')).predicateType)
