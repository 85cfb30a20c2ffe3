import { base64, concatBytes, fromBase64, fromHex, type PublicKey } from '@dengta/kernel'
import { describe, expect, test } from 'vitest'
import { ORIGIN, sampleSigner, sampleTrust, WITNESSES } from '../export/sample-log.fixture.ts'
import { type Checkpoint, checkpointText, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts'
import { cosign, cosignaturesOf } from './cosignature.ts'
import { COSIGNATURE, NOTE_SIGNATURE, noteKeyId, verifierKey } from './note-key.ts'
import { parseNote, signatureLine, signNote, verifyNote } from './signed-note.ts'

const root = fromHex('ab'.repeat(32))
const head: Checkpoint = { origin: ORIGIN, size: 42, root }
const note = signCheckpoint(head, sampleSigner('log'))
const code = (name: string) => expect.objectContaining({ code: `evidence.${name}` })

/** The key and note of golang.org/x/mod/sumdb/note (note_test.go, Example). */
const PETER = keyOf('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
const PETER_NOTE = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`

function keyOf(encoded: string): PublicKey {
  const spki = concatBytes(fromHex('302a300506032b6570032100'), fromBase64(encoded).subarray(1))
  return { algorithm: 'ed25519', spki: base64(spki) }
}

describe('signed note', () => {
  test('verifies the example of Go, under the key id that Go gives it', () => {
    expect(() => verifyNote(parseNote(PETER_NOTE), 'PeterNeumann', PETER)).not.toThrow()
    const line = verifierKey({ name: 'PeterNeumann', key: PETER }, NOTE_SIGNATURE)
    expect(line).toBe('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
  })

  test('a text with empty lines ends at the last one', () => {
    const signed = parseNote(signNote('a\n\nb\n', 'x.example', sampleSigner('log')))
    expect(signed.text).toBe('a\n\nb\n')
    expect(signed.signatures).toHaveLength(1)
  })

  test('an altered text, another key and another name do not verify', () => {
    const altered = parseNote(PETER_NOTE.replace('answer', 'Answer'))
    expect(() => verifyNote(altered, 'PeterNeumann', PETER)).toThrow(code('note_signature_wrong'))
    const other = sampleSigner('log').publicKey
    expect(() => verifyNote(parseNote(PETER_NOTE), 'PeterNeumann', other)).toThrow(code('note_unsigned'))
    expect(() => verifyNote(parseNote(PETER_NOTE), 'Peter', PETER)).toThrow(code('note_unsigned'))
  })

  const line = PETER_NOTE.split('\n')[3]!
  test.each([
    ['no signature', 'a\n', 2],
    ['no text', `\n\n${line}\n`, 4],
    ['no final newline', PETER_NOTE.slice(0, -1), 4],
    ['an empty line after the signatures', `${PETER_NOTE}\n`, 6],
    ['text between the signatures', `${PETER_NOTE}text\n`, 5],
    ['a hyphen for the dash', PETER_NOTE.replace('\u2014', '-'), 4],
    ['two spaces', PETER_NOTE.replace('\u2014 ', '\u2014  '), 4],
    ['a plus in a name', PETER_NOTE.replace('PeterNeumann', 'Peter+Neumann'), 4],
    ['base64 that is not canonical', PETER_NOTE.replace('JnAM=', 'JnAN='), 4],
    ['a signature without bytes', `a\n\n\u2014 x AAAAAA==\n`, 3],
    ['one line twice', `${PETER_NOTE}${line}\n`, 5],
    ['a control character', PETER_NOTE.replace('answer', 'an\tswer'), 1],
    ['a carriage return', PETER_NOTE.replaceAll('\n', '\r\n'), 1],
    ['65 signatures', `a\n\n${Array.from({ length: 65 }, (_, i) => strange(i)).join('')}`, 67],
  ])('%s is refused, by line', (_name, given, at) => {
    expect(() => parseNote(given)).toThrow(
      expect.objectContaining({ code: 'evidence.note_malformed', details: { line: at } }),
    )
  })

  test('lines of unknown keys are ignored, even under a known name', () => {
    const signed = parseNote(`${note}${strange(1)}${strange(2).replace('s2', ORIGIN)}`)
    expect(() => verifyNote(signed, ORIGIN, sampleTrust.log)).not.toThrow()
  })

  test('names with spaces and keys that are not Ed25519 cannot sign', () => {
    expect(() => signNote('a\n', 'two words', sampleSigner('log'))).toThrow(code('note_name_malformed'))
    const sm2 = { name: 'x', key: { algorithm: 'sm2', spki: 'AAAA' } } as const
    expect(() => noteKeyId(sm2, NOTE_SIGNATURE)).toThrow(code('note_key_unsupported'))
  })

  function strange(i: number): string {
    return signatureLine({ name: `s${i}`, keyId: Uint8Array.of(0, 0, 0, i), signature: new Uint8Array(64) })
  }
})

describe('checkpoint', () => {
  test('is three lines, and reads back', () => {
    expect(checkpointText(head)).toBe(`${ORIGIN}\n42\n${base64(root)}\n`)
    expect(parseCheckpoint(checkpointText(head))).toEqual(head)
    expect(openCheckpoint(note, sampleTrust)).toMatchObject(head)
  })

  test.each([
    ['no origin', `\n42\n${base64(root)}\n`, 1],
    ['a leading zero', `o\n042\n${base64(root)}\n`, 2],
    ['a sign', `o\n+42\n${base64(root)}\n`, 2],
    ['an exponent', `o\n4e1\n${base64(root)}\n`, 2],
    ['more than 2^53 leaves', `o\n9007199254740993\n${base64(root)}\n`, 2],
    ['a short root', `o\n42\n${base64(root.subarray(1))}\n`, 3],
    ['a root that is not base64', 'o\n42\n!\n', 3],
    ['no root', 'o\n42\n', 3],
    ['an extension line', `o\n42\n${base64(root)}\nmore\n`, 4],
    ['no final newline', `o\n42\n${base64(root)}`, 4],
  ])('%s is refused, by line', (_name, text, line) => {
    const malformed = expect.objectContaining({ code: 'evidence.checkpoint_malformed', details: { line } })
    expect(() => parseCheckpoint(text)).toThrow(malformed)
  })

  test('of another log is refused before its signature is looked at', () => {
    expect(() => openCheckpoint(note, { ...sampleTrust, origin: 'other.example' })).toThrow(code('origin_differs'))
  })
})

describe('cosignature/v1', () => {
  const [name] = WITNESSES
  const signer = sampleSigner(name)
  const text = checkpointText(head)
  const witness = { name, key: signer.publicKey }

  test('has the layout of the example in C2SP tlog-cosignature', () => {
    const example =
      'jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA=='
    const { signature } = parseNote(`a\n\n\u2014 witness.example.com/w1 ${example}\n`).signatures[0]!
    expect(signature).toHaveLength(8 + 64)
    expect(new DataView(signature.slice(0, 8).buffer).getBigUint64(0)).toBe(1_679_315_147n)
  })

  test('signs time and head', () => {
    const signed = parseNote(note + cosign(text, { name, signer, time: 1_760_000_000 }))
    expect(cosignaturesOf(signed, sampleTrust.witnesses)).toEqual([{ witness: name, time: 1_760_000_000 }])
  })

  test('an altered time, an altered head and a short line are refused', () => {
    const keyId = noteKeyId(witness, COSIGNATURE)
    const { signature } = parseNote(`${text}\n${cosign(text, { name, signer, time: 7 })}`).signatures[0]!
    const forged = [
      `${text}\n${signatureLine({ name, keyId, signature: concatBytes(new Uint8Array(8), signature.subarray(8)) })}`,
      `${text.replace('42', '43')}\n${signatureLine({ name, keyId, signature })}`,
      `${text}\n${signatureLine({ name, keyId, signature: signature.subarray(0, 5) })}`,
    ]
    for (const one of forged)
      expect(() => cosignaturesOf(parseNote(one), [witness])).toThrow(code('note_signature_wrong'))
  })

  test('a plain signature of a witness is no cosignature', () => {
    expect(cosignaturesOf(parseNote(signNote(text, name, signer)), [witness])).toEqual([])
  })
})
