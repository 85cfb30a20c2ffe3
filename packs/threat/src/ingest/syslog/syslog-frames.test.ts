import { expect, test } from 'vitest'
import { type FoundFrames, SyslogFrames } from './syslog-frames.ts'

function frames(text: string, { maxBytes = 100, chunk = text.length } = {}): FoundFrames & { rest: string } {
  const reader = new SyslogFrames(maxBytes)
  const bytes = Buffer.from(text)
  const messages: string[] = []
  let tooLong = 0
  for (let at = 0; at < bytes.length; at += chunk) {
    const found = reader.push(bytes.subarray(at, at + chunk))
    messages.push(...found.messages)
    tooLong += found.tooLong
  }
  return { messages, tooLong, rest: reader.end() }
}

test.each([1, 2, 3, 7, 1000])('both framings, cut into pieces of %i bytes', (chunk) => {
  expect(frames('<1>one\n5 <2>ab<3>three\n\n7 <4>a\nbc\n<5>rest', { chunk })).toEqual({
    messages: ['<1>one', '<2>ab', '<3>three', '<4>a\nbc'],
    tooLong: 0,
    rest: '<5>rest',
  })
  const long = 'x'.repeat(101)
  expect(frames(`${long}\n<1>a\n101 ${long}<2>b\n999999999 ${long}`, { chunk })).toEqual({
    messages: ['<1>a', '<2>b'],
    tooLong: 3,
    rest: '',
  })
  expect(frames('2024-01-01T00:00:00Z no count\n1234567890 neither\n', { chunk }).messages).toEqual([
    '2024-01-01T00:00:00Z no count',
    '1234567890 neither',
  ])
})

test('a message of 10 MiB costs no more than its limit, byte by byte no more than its length', () => {
  const reader = new SyslogFrames(2 ** 20)
  const piece = Buffer.alloc(65_536, 'x')
  let tooLong = 0
  let most = 0
  for (let i = 0; i < 160; i += 1) {
    tooLong += reader.push(piece).tooLong
    most = Math.max(most, reader.heldBytes)
  }
  expect([tooLong, most <= 2 ** 21]).toEqual([1, true])
  expect(reader.push(Buffer.from('\n<1>next\n')).messages).toEqual(['<1>next'])
  const begun = process.cpuUsage()
  for (let i = 0; i < 2 ** 19; i += 1) reader.push(piece.subarray(0, 1))
  const { user, system } = process.cpuUsage(begun)
  expect((user + system) / 1e6).toBeLessThan(3)
})
