import { expect, test } from 'vitest'
import { canonicalBytes, canonicalText } from './canonical-text.ts'
import { type FieldTables, fieldTables } from './literal-table.ts'
import type { Literal, Place } from './literal-trie.ts'
import { scanTables } from './scan-tables.ts'
import { SubstringFilter } from './substring-filter.ts'

/** A small generator with a seed, so that a failure can be run again. */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const ALPHABET = ['a', 'B', '\\', '"', '\n', 'n', '/', 'é', 't']
const PLACES: Place[] = ['equals', 'starts', 'ends', 'contains']

function plainly(value: string, { text, place }: Literal): boolean {
  const folded = value.toLowerCase()
  if (place === 'equals') return folded === text
  if (place === 'starts') return folded.startsWith(text)
  return place === 'ends' ? folded.endsWith(text) : folded.includes(text)
}

function found(tables: FieldTables, canonical: Uint8Array): number[] {
  const ids = new Set<number>()
  scanTables(tables, canonical, { from: 0, to: canonical.length }, (id) => ids.add(id))
  return [...ids].sort((a, b) => a - b)
}

test('literals are found where plain string functions find them, escaped or not', () => {
  const below = random(4)
  const word = (length: number): string => Array.from({ length }, () => ALPHABET[below(ALPHABET.length)]).join('')
  for (let round = 0; round < 300; round += 1) {
    const literals = Array.from({ length: 1 + below(12) }, (_, id): Literal => {
      const place = PLACES[below(4)] as Place
      return { id, place, text: word(place === 'equals' ? below(4) : 1 + below(3)).toLowerCase() }
    })
    const tables = fieldTables(literals)
    const value = word(below(12)).toLowerCase()
    const expected = literals.filter((literal) => plainly(value, literal)).map(({ id }) => id)
    const note = JSON.stringify({ value, literals })
    expect(found(tables, Buffer.from(canonicalText(value))), note).toEqual(expected)
    const escaped = Buffer.from(JSON.stringify(value).slice(1, -1))
    expect(found(tables, canonicalBytes(escaped, 0, escaped.length)), note).toEqual(expected)
  }
})

test('the filter never misses a text and skips lines without one', () => {
  const filter = SubstringFilter.of(['sekurlsa::pass', 'event::clear', 'eo.oe.kiwi'])
  const may = (line: string): boolean | undefined => filter?.mayHold(Buffer.from(line), 0, Buffer.byteLength(line))
  for (let at = 0; at < 40; at += 1) {
    expect(may(`${'x'.repeat(at)}SEKURLSA::pass${'y'.repeat(40 - at)}`)).toBe(true)
    expect(may(`${'event'.repeat(at)}::clear`)).toBe(at > 0)
  }
  expect(may('sekurlsa and kiwi stand apart')).toBe(false)
})

test('texts that JSON may write otherwise are not filtered by those characters', () => {
  expect(SubstringFilter.of(['a"b'])).toBeUndefined()
  expect(SubstringFilter.of([])).toBeUndefined()
  const filter = SubstringFilter.of(['long/part'])
  const line = Buffer.from('long\\/part')
  expect(filter?.mayHold(line, 0, line.length)).toBe(true)
})
