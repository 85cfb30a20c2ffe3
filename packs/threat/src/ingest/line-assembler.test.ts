import { expect, test } from 'vitest'
import { LineAssembler } from './line-assembler.ts'
import { LineSkipper } from './line-skipper.ts'

function assemble(chunks: readonly string[], limit = 16): { text: string; lines: number; tooLong: number } {
  const assembler = new LineAssembler(limit)
  const found = [...chunks.map((chunk) => assembler.push(Buffer.from(chunk)))].map(copyOf)
  found.push(copyOf(assembler.end()))
  return {
    text: found.map(({ text }) => text).join(''),
    lines: found.reduce((sum, { lines }) => sum + lines, 0),
    tooLong: found.reduce((sum, { tooLong }) => sum + tooLong, 0),
  }
}

function copyOf({ pieces, lines, tooLong, bytes }: ReturnType<LineAssembler['push']>): {
  text: string
  lines: number
  tooLong: number
} {
  const joined = Buffer.concat(pieces)
  expect(joined.length).toBe(bytes)
  return { text: joined.toString(), lines, tooLong }
}

test.each([
  [['ab', 'c\nd', 'e\n'], 'abc\nde\n', 2, 0],
  [['a\nb'], 'a\nb\n', 2, 0],
  [['\n\n'], '\n\n', 2, 0],
  [['0123456789', '0123456789\nef\n'], '\nef\n', 2, 1],
  [['0123456789', '0123456789', '0123\nef', '\n'], '\nef\n', 2, 1],
  [['0123456789', '0123456789'], '\n', 1, 1],
  [['0123456789012345\nx\n'], '0123456789012345\nx\n', 2, 0],
  [[''], '', 0, 0],
])('%j gives %j', (chunks, text, lines, tooLong) => {
  expect(assemble(chunks)).toEqual({ text, lines, tooLong })
})

test('any cut of the bytes gives the same lines', () => {
  const text = 'one\n\ntwo and a half\nfour\n'
  for (let a = 0; a <= text.length; a += 1) {
    for (let b = a; b <= text.length; b += 1) {
      const cut = [text.slice(0, a), text.slice(a, b), text.slice(b)]
      expect(assemble(cut)).toEqual({ text, lines: 4, tooLong: 0 })
    }
  }
})

test('a line that trickles in byte by byte costs its length once', () => {
  const assembler = new LineAssembler(4e6)
  const byte = Buffer.from('x')
  const began = process.cpuUsage()
  for (let i = 0; i < 1e6; i += 1) assembler.push(byte)
  expect(process.cpuUsage(began).user).toBeLessThan(2e6)
  expect(assembler.heldBytes).toBeLessThan(2.1e6)
  expect(assembler.push(Buffer.from('\n')).bytes).toBe(1e6 + 1)
})

test('lines brought already are left out', () => {
  const skipper = new LineSkipper(3)
  const assembler = new LineAssembler()
  const texts = ['a\nb\n', 'c\nd\n', 'e\n'].map((chunk) => {
    const { pieces, lines } = skipper.take(assembler.push(Buffer.from(chunk)))
    return [Buffer.concat(pieces).toString(), lines]
  })
  expect(texts).toEqual([
    ['', 0],
    ['d\n', 1],
    ['e\n', 1],
  ])
})
