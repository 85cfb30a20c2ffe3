import { base64, canonicalJson, fromHex, utf8, verifySignature } from '@dengta/kernel'
import { describe, expect, test } from 'vitest'
import { sampleSigner } from '../export/sample-log.fixture.ts'
import type { Predicate } from '../predicates/index.ts'
import type { Envelope, Statement } from '../record.ts'
import { preAuthEncoding, recordIdOf, signEnvelope, verifyEnvelope } from './dsse.ts'
import { logEntry } from './log-entry.ts'
import { kindOf, makeStatement, parseStatement, predicateOf } from './statement.ts'

const digest = 'ab'.repeat(32)
const predicate: Predicate<'replay'> = {
  at: '2026-03-01T08:00:00Z',
  actor: 'lab',
  basis: [],
  submission: 's',
  evaluation: digest,
  expected: digest,
  got: digest,
  same: true,
}
const subjects = [{ name: 'model', digest: { sha256: digest } }]
const statement = makeStatement('replay', subjects, predicate)
const code = (name: string) => expect.objectContaining({ code: `evidence.${name}` })
const parse = (value: unknown) => parseStatement(utf8(canonicalJson(value)))

describe('statement', () => {
  test('reads back from its canonical bytes', () => {
    expect(parse(statement)).toEqual(statement)
    expect(kindOf(statement)).toBe('replay')
    expect(predicateOf<'replay'>(statement as Statement, 'replay')?.same).toBe(true)
    expect(predicateOf(statement as Statement, 'gate')).toBeUndefined()
  })

  test.each([
    ['a space', JSON.stringify(statement).replace(':', ': ')],
    ['members in another order', JSON.stringify(statement)],
    ['a member twice', canonicalJson(statement).replace('"same":true', '"same":true,"same":true')],
    ['a number in another spelling', canonicalJson({ a: 1 }).replace('1', '1.0')],
    ['text that is not JSON', '{'],
    ['a byte order mark', `\ufeff${canonicalJson(statement)}`],
  ])('%s is not canonical', (_name, text) => {
    expect(() => parseStatement(utf8(text))).toThrow(code('statement_not_canonical'))
  })

  test('bytes that are not UTF-8 are not canonical', () => {
    expect(() => parseStatement(Uint8Array.of(0xff, 0xfe))).toThrow(code('statement_not_canonical'))
  })

  test.each([
    ['no subject', { ...statement, subject: [] }],
    ['a subject twice', { ...statement, subject: [...subjects, ...subjects] }],
    ['a nameless subject', { ...statement, subject: [{ ...subjects[0], name: '' }] }],
    ['another digest', { ...statement, subject: [{ name: 'model', digest: { sha512: digest } }] }],
    ['an upper-case digest', { ...statement, subject: [{ name: 'model', digest: { sha256: 'AB'.repeat(32) } }] }],
    ['an unknown member', { ...statement, note: 'x' }],
    ['another type', { ...statement, _type: 'https://in-toto.io/Statement/v0.1' }],
    ['an array', [statement]],
  ])('%s is malformed', (_name, value) => {
    expect(() => parse(value)).toThrow(code('statement_malformed'))
  })

  test('an unknown kind is named', () => {
    const gift = { ...statement, predicateType: 'urn:dengta:record:gift:v1' }
    expect(() => parse(gift)).toThrow(code('kind_unknown'))
    expect(() => parse({ ...statement, predicateType: 'urn:dengta:record:toString:v1' })).toThrow(code('kind_unknown'))
  })

  test.each([
    ['an unknown field', { ...predicate, note: 'x' }, '/', 'unrecognized_keys'],
    ['a missing field', { ...predicate, same: undefined }, 'same', 'invalid_type'],
    ['a time with an offset', { ...predicate, at: '2026-03-01T08:00:00+08:00' }, 'at', 'invalid_format'],
    ['a premise that is no id', { ...predicate, basis: ['x'] }, 'basis.0', 'invalid_format'],
  ])('%s is named by path', (_name, given, path, issue) => {
    const wrong = expect.objectContaining({
      code: 'evidence.predicate_invalid',
      details: { kind: 'replay', path, issue },
    })
    expect(() => parse({ ...statement, predicate: given })).toThrow(wrong)
    expect(() => makeStatement('replay', subjects, given as typeof predicate)).toThrow(wrong)
  })
})

describe('DSSE', () => {
  const signer = sampleSigner('lab')
  const envelope = signEnvelope(statement as Statement, signer)

  test('the pre-authentication encoding is that of the specification', () => {
    const text = new TextDecoder().decode(preAuthEncoding('http://example.com/HelloWorld', utf8('hello world')))
    expect(text).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world')
    expect(preAuthEncoding('灯', new Uint8Array())).toEqual(utf8('DSSEv1 3 灯 0 '))
  })

  test('an envelope verifies under its key', () => {
    expect(verifyEnvelope(envelope, signer.publicKey)).toBe(true)
    expect(parseStatement(utf8(canonicalJson(statement)))).toEqual(statement)
    expect(atob(envelope.payload)).toBe(canonicalJson(statement))
  })

  const [signature] = envelope.signatures
  const other = sampleSigner('other')
  test.each<[string, unknown]>([
    ['another payload type', { ...envelope, payloadType: 'application/json' }],
    ['another payload', { ...envelope, payload: btoa('{}') }],
    ['a payload that is not base64', { ...envelope, payload: '!' }],
    ['another key id', { ...envelope, signatures: [{ ...signature, keyid: '' }] }],
    ['the signature of another', signEnvelope(statement as Statement, other)],
    ['no signature', { ...envelope, signatures: [] }],
    ['nothing', undefined],
  ])('%s does not verify', (_name, given) => {
    expect(verifyEnvelope(given as Envelope, signer.publicKey)).toBe(false)
  })

  test('a signature over the bare payload does not verify: the encoding separates the domains', () => {
    const bare = signer.sign(utf8(canonicalJson(statement)))
    expect(verifySignature(signer.publicKey, utf8(canonicalJson(statement)), bare)).toBe(true)
    const forged: Envelope = { ...envelope, signatures: [{ ...signature, sig: base64(bare) }] }
    expect(verifyEnvelope(forged, signer.publicKey)).toBe(false)
  })

  test('the id of a record depends on the payload alone', () => {
    expect(recordIdOf(envelope)).toBe(recordIdOf(signEnvelope(statement as Statement, other)))
  })

  test('the log entry commits to payload, signature and key', () => {
    const entry = JSON.parse(new TextDecoder().decode(logEntry(envelope, signer.publicKey)))
    expect(entry).toEqual({
      apiVersion: '0.0.2',
      kind: 'dsse',
      spec: {
        dsseV002: {
          payloadHash: { algorithm: 'SHA2_256', digest: base64(fromHex(recordIdOf(envelope))) },
          signatures: [
            {
              content: signature.sig,
              verifier: { publicKey: { rawBytes: signer.publicKey.spki }, keyDetails: 'PKIX_ED25519' },
            },
          ],
        },
      },
    })
    const sm2 = new TextDecoder().decode(logEntry(envelope, { algorithm: 'sm2', spki: 'AAAA' }))
    expect(sm2).toContain('"keyDetails":"PKIX_SM2_SM3"')
  })
})
