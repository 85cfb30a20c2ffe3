import { describe, expect, test } from 'vitest'
import { base64, concatBytes, equalBytes, fromBase64, fromHex, fromUtf8, hex, utf8 } from './bytes.ts'

const everyByte = Uint8Array.from({ length: 256 }, (_, i) => i)

test('hexadecimal reads back, in lower case only', () => {
  expect(fromHex(hex(everyByte))).toEqual(everyByte)
  for (const wrong of ['a', 'AB', '0x', 'zz', ' 0']) expect(() => fromHex(wrong)).toThrow(TypeError)
})

test('UTF-8 reads back; other bytes throw, and a byte order mark stays', () => {
  expect(fromUtf8(utf8('灯塔 😀'))).toBe('灯塔 😀')
  expect(() => fromUtf8(Uint8Array.of(0xc3, 0x28))).toThrow(TypeError)
  expect(fromUtf8(utf8('\ufeffa'))).toBe('\ufeffa')
})

describe('base64', () => {
  test('RFC 4648 §10', () => {
    const vectors = {
      '': '',
      f: 'Zg==',
      fo: 'Zm8=',
      foo: 'Zm9v',
      foob: 'Zm9vYg==',
      fooba: 'Zm9vYmE=',
      foobar: 'Zm9vYmFy',
    }
    for (const [text, encoded] of Object.entries(vectors)) {
      expect(base64(utf8(text))).toBe(encoded)
      expect(fromBase64(encoded)).toEqual(utf8(text))
    }
  })

  test('agrees with Buffer on long input', () => {
    const long = Uint8Array.from({ length: 100_001 }, (_, i) => i * 31)
    expect(base64(long)).toBe(Buffer.from(long).toString('base64'))
    expect(fromBase64(base64(long))).toEqual(long)
  })

  test.each(['Zg', 'Zg=', 'Zh==', 'Z g==', 'Zg==\n', 'Zm-_', '!', '====', 'Zg==Zg=='])(
    '%j is not the one spelling',
    (text) => {
      expect(() => fromBase64(text)).toThrow(TypeError)
    },
  )
})

test('bytes are joined and compared', () => {
  expect(concatBytes(utf8('a'), new Uint8Array(), utf8('bc'))).toEqual(utf8('abc'))
  expect(equalBytes(utf8('ab'), utf8('ab'))).toBe(true)
  expect(equalBytes(utf8('ab'), utf8('ac'))).toBe(false)
  expect(equalBytes(utf8('ab'), utf8('abc'))).toBe(false)
})
