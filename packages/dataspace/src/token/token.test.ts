import { expect, test } from 'vitest'
import { isUseWorthNoting, newToken, opens, tokenIdIn, tokenText } from './token.ts'

const id = `tok_${'0'.repeat(26)}`
const text = tokenText(id, new Uint8Array(32).fill(7))
const now = new Date('2026-11-22T08:00:00.000Z')
const after = (milliseconds: number) => new Date(now.getTime() + milliseconds)
const token = newToken(text, id, { participant: 'grid-lab', now })
const DAYS_90 = 90 * 24 * 3600 * 1000

test('the text names its id and hides its secret from the stored token', () => {
  expect(text).toBe(`dgt_${id}_${'07'.repeat(32)}`)
  expect(tokenIdIn(text)).toBe(id)
  expect(JSON.stringify(token)).not.toContain('0707')
})

test.each([
  ['nothing', ''],
  ['a word', 'dgt'],
  ['a short secret', text.slice(0, -1)],
  ['a long secret', `${text}0`],
  ['upper case', text.toUpperCase()],
  ['a line after it', `${text}\n`],
])('takes %s for no token', (_, other) => {
  expect(tokenIdIn(other)).toBeUndefined()
})

test.each([
  ['its text', token, { text, at: now }, true],
  ['its text in the last millisecond', token, { text, at: after(DAYS_90 - 1) }, true],
  ['its text when it has expired', token, { text, at: after(DAYS_90) }, false],
  ['its text when it is revoked', { ...token, revokedAt: now }, { text, at: now }, false],
  ['another secret', token, { text: tokenText(id, new Uint8Array(32)), at: now }, false],
] as const)('%s', (_, kept, given, expected) => {
  expect(opens(kept, given.text, given.at)).toBe(expected)
})

test('a use is noted at first and once a minute', () => {
  expect(isUseWorthNoting(token, now)).toBe(true)
  expect(isUseWorthNoting({ ...token, lastUsedAt: now }, after(59_999))).toBe(false)
  expect(isUseWorthNoting({ ...token, lastUsedAt: now }, after(60_000))).toBe(true)
})
