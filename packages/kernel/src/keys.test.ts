import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { ED25519_TORSION_SUBGROUP } from '@noble/curves/ed25519.js'
import { describe, expect, test } from 'vitest'
import { base64, concatBytes, fromHex, hex, utf8 } from './bytes.ts'
import * as browser from './crypto-browser.ts'
import * as node from './crypto-node.ts'
import { keyId, type PublicKey, sha256Hex, verifiableHere, verifySignature } from './keys.ts'
import { isSm2, rawEd25519 } from './public-key-form.ts'

const SPKI = fromHex('302a300506032b6570032100')
const spkiOf = (raw: string) => concatBytes(SPKI, fromHex(raw))

/** RFC 8032 §7.1: public key, message, signature. */
const RFC_8032: Readonly<Record<string, readonly [key: string, message: string, signature: string]>> = {
  'TEST 1': [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  'TEST 2': [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  'TEST 3': [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
  'TEST SHA(abc)': [
    'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
  ],
}

/** A key whose signatures prove nothing, after "Taming the many EdDSAs" (Chalkias et al. 2020), cases 0 and 1. */
const SMALL_ORDER_KEY = 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa'
const SMALL_ORDER: readonly (readonly [message: string, signature: string])[] = [
  [
    '8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6',
    `c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a${'00'.repeat(32)}`,
  ],
  [
    '9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79',
    'f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04',
  ],
]

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

/** The same signature with the group order added to S: RFC 8032 §5.1.7 refuses it. */
function malleated(signature: string): Uint8Array {
  const bytes = fromHex(signature)
  let s = bytes.subarray(32).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n) + ORDER
  for (let i = 32; i < 64; i += 1, s /= 256n) bytes[i] = Number(s % 256n)
  return bytes
}

describe.each([
  ['in Node', node],
  ['in a browser', browser],
])('Ed25519 %s', (_where, crypto) => {
  test.each(Object.entries(RFC_8032))('RFC 8032 %s', (_name, [key, message, signature]) => {
    const [spki, data, sig] = [spkiOf(key), fromHex(message), fromHex(signature)]
    expect(crypto.verifyEd25519(spki, data, sig)).toBe(true)
    expect(crypto.verifyEd25519(spki, concatBytes(data, utf8('x')), sig)).toBe(false)
    expect(crypto.verifyEd25519(spki, data, sig.with(0, sig[0]! ^ 1))).toBe(false)
    expect(crypto.verifyEd25519(spki, data, malleated(signature))).toBe(false)
  })

  test.each(SMALL_ORDER)('a key of small order proves nothing: %s', (message, signature) => {
    expect(crypto.verifyEd25519(spkiOf(SMALL_ORDER_KEY), fromHex(message), fromHex(signature))).toBe(false)
  })

  test('a signature of another length is not valid', () => {
    const [key, message, signature] = RFC_8032['TEST 1']!
    expect(crypto.verifyEd25519(spkiOf(key), fromHex(message), fromHex(signature).subarray(1))).toBe(false)
  })

  test('SHA-256 of the FIPS 180-4 examples', () => {
    const long = 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'
    expect(hex(crypto.sha256(utf8('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(hex(crypto.sha256(utf8(long)))).toBe('248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1')
  })
})

describe('keys', () => {
  const [raw, message, signature] = RFC_8032['TEST 2']!
  const key: PublicKey = { algorithm: 'ed25519', spki: base64(spkiOf(raw)) }

  test('are named by the SHA-256 of their SubjectPublicKeyInfo', () => {
    expect(keyId(key)).toBe(sha256Hex(spkiOf(raw)))
  })

  test.each<[string, PublicKey]>([
    ['another algorithm', { ...key, algorithm: 'sm2' }],
    ['a key that is not base64', { ...key, spki: '!' }],
    ['a key cut short', { ...key, spki: base64(spkiOf(raw).subarray(0, 43)) }],
    ['a key of another curve', { ...key, spki: p256Spki() }],
    ['no key', { ...key, spki: '' }],
  ])('%s verifies nothing and throws nothing', (_name, wrong) => {
    expect(verifySignature(key, fromHex(message), fromHex(signature))).toBe(true)
    expect(verifySignature(wrong, fromHex(message), fromHex(signature))).toBe(false)
  })

  function p256Spki(): string {
    return base64(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' }))
  }
})

describe('form of a public key', () => {
  const torsion = ED25519_TORSION_SUBGROUP.map((point) => fromHex(point))

  test('all eight points of small order are refused, with either sign', () => {
    for (const point of torsion)
      for (const sign of [0x00, 0x80])
        expect(rawEd25519(concatBytes(SPKI, point.with(31, (point[31]! & 0x7f) | sign)))).toBeUndefined()
    expect(torsion).toHaveLength(8)
  })

  test('a coordinate from 2^255 - 19 on is refused: it would be a second spelling of a key', () => {
    const y = (first: number) =>
      concatBytes(SPKI, Uint8Array.of(first), new Uint8Array(30).fill(0xff), Uint8Array.of(0x7f))
    expect([0xea, 0xeb].map((first) => rawEd25519(y(first)) !== undefined)).toEqual([true, true])
    expect([0xed, 0xee, 0xf0, 0xff].map((first) => rawEd25519(y(first)))).toEqual(Array(4).fill(undefined))
  })

  test('a P-256 key does not pass for SM2', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const spki = pair.publicKey.export({ format: 'der', type: 'spki' })
    const key: PublicKey = { algorithm: 'sm2', spki: base64(spki) }
    expect(isSm2(spki)).toBe(false)
    expect(verifySignature(key, utf8('a'), sign('sm3', utf8('a'), pair.privateKey))).toBe(false)
  })
})

describe('SM2', () => {
  const here = node.SUITES.includes('sm2')

  test('is not offered in a browser, and there throws instead of guessing', () => {
    expect(browser.SUITES).toEqual(['ed25519'])
    expect(() => browser.verifySm2()).toThrow(TypeError)
    expect(verifiableHere({ algorithm: 'sm2', spki: '' })).toBe(here)
    expect(verifiableHere({ algorithm: 'ed25519', spki: '' })).toBe(true)
  })

  test.runIf(here)('signatures over SM3 verify in Node, altered ones do not', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'SM2' })
    const key: PublicKey = { algorithm: 'sm2', spki: base64(pair.publicKey.export({ format: 'der', type: 'spki' })) }
    // OpenSSL 3 signs SM2 only with a decoded key; with a fresh one it signs ECDSA over the same curve.
    const decoded = createPrivateKey(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }))
    const signature = sign('sm3', utf8('灯塔'), decoded)
    expect(verifySignature(key, utf8('灯塔'), signature)).toBe(true)
    expect(verifySignature(key, utf8('灯'), signature)).toBe(false)
    expect(verifySignature({ ...key, algorithm: 'ed25519' }, utf8('灯塔'), signature)).toBe(false)
  })
})
