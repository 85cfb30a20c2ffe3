import { expect, test } from 'vitest'
import { LOG_BYTES, nextUpkeep, type TableState } from './upkeep.ts'

const table = (name: string, more: Partial<TableState> = {}): TableState => ({
  ...{ name, rows: 10_000, dead: 0, changed: 0, holdsLongValues: false },
  ...more,
})

test.each<[string, string | undefined, number, TableState[]]>([
  ['nothing where little has happened', undefined, LOG_BYTES - 1, [table('a', { dead: 3000, changed: 6000 })]],
  ['a checkpoint before all else', 'checkpoint', LOG_BYTES, [table('a', { dead: 90_000 })]],
  ['a table with more than 1,000 dead rows and a fifth', 'vacuum a', 0, [table('a', { dead: 3001 })]],
  ['the one in greatest need', 'vacuum b', 0, [table('a', { dead: 4000 }), table('b', { rows: 10, dead: 2000 })]],
  ['one that was never counted', 'vacuum a', 0, [table('a', { rows: -1, dead: 1001 })]],
  ['statistics where half has changed', 'analyze a', 0, [table('a', { changed: 6001 })]],
  ['room before statistics in one table', 'vacuum a', 0, [table('a', { changed: 90_000, dead: 3001 })]],
  [
    'long values of a table, which have no statistics',
    'vacuum t',
    0,
    [
      table('t', { rows: 0, dead: 1001, holdsLongValues: true }),
      table('s', { rows: 0, changed: 90_000, holdsLongValues: true }),
    ],
  ],
  [
    'nothing for long values that were only added',
    undefined,
    0,
    [table('s', { changed: 90_000, holdsLongValues: true })],
  ],
])('next comes %s', (_, expected, log, tables) => {
  expect(nextUpkeep({ log, tables })).toBe(expected)
  expect(nextUpkeep({ log, tables: tables.toReversed() })).toBe(expected)
})

test('behind a checkpoint a table has its turn, however fast the log grows', () => {
  const needy = [table('a', { dead: 3001 })]
  expect(nextUpkeep({ log: LOG_BYTES, tables: needy }, 'checkpoint')).toBe('vacuum a')
  expect(nextUpkeep({ log: LOG_BYTES, tables: needy }, 'vacuum a')).toBe('checkpoint')
  expect(nextUpkeep({ log: LOG_BYTES, tables: [table('a')] }, 'checkpoint')).toBe('checkpoint')
})
