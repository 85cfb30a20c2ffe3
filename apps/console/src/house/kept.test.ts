import { expect, test } from 'vitest'
import { keepChoices, keptChoices } from './kept-choices.ts'
import { keepToken, takeToken, tokenOfFragment } from './kept-token.ts'

/** Web storage as the standard has it, in memory: Node 20 ships none. */
function storage(): Storage {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  }
}

test.each([
  ['zh-CN', 'zh'],
  ['zh-Hant-TW', 'zh'],
  ['en-GB', 'en'],
  ['de', 'en'],
])('a first visit with %s starts in %s', (browser, language) => {
  expect(keptChoices(storage(), browser)).toEqual({ language })
})

test('choices come back; nonsense in the storage does not', () => {
  const kept = storage()
  keepChoices(kept, { language: 'zh', look: 'dark' })
  expect(keptChoices(kept, 'en')).toEqual({ language: 'zh', look: 'dark' })
  kept.setItem('dengta.choices', '{"language":"tlh","look":"plaid"}')
  expect(keptChoices(kept, 'en')).toEqual({ language: 'en' })
  kept.setItem('dengta.choices', 'no json')
  expect(keptChoices(kept, 'en')).toEqual({ language: 'en' })
})

test.each([
  ['#token=abc', 'abc'],
  ['#a=1&token=x%2By', 'x+y'],
  ['#token=', undefined],
  ['#section', undefined],
  ['', undefined],
])('the token of %j is %j', (fragment, token) => {
  expect(tokenOfFragment(fragment)).toBe(token)
})

test('a token of the address is kept for the tab and taken out of the address', () => {
  const kept = storage()
  const shown: unknown[] = []
  const history = { state: null, replaceState: (...call: unknown[]) => shown.push(call[2]) } as unknown as History
  const at = (hash: string) => ({ hash, pathname: '/log', search: '?a=1' }) as Location
  expect(takeToken(at('#token=abc'), history, kept)).toBe('abc')
  expect(shown).toEqual(['/log?a=1'])
  expect(takeToken(at(''), history, kept)).toBe('abc')
  keepToken(kept, undefined)
  expect(takeToken(at(''), history, kept)).toBeUndefined()
})
