import { sha256Hex, utf8 } from '@dengta/kernel'
import { expect, test } from 'vitest'
import { pieces } from '../compute-house.fixture.ts'
import { readMeters } from './meter-file.ts'

const lines = (...all: string[]): string => ['time,site,kw', ...all, ''].join('\n')
const SITES = ['north', 'west']
const read = (text: string) => readMeters(pieces(utf8(text)), SITES)
const NORTH = { site: 'north', startsAt: Date.UTC(2026, 10, 22), kw: new Float64Array([1.5, Number.NaN, 3]) }

test('reads each site as a series by minute; a minute that is not there stays unknown', async () => {
  const text = lines(
    '2026-11-22T08:02:00+08:00,north,3',
    '2026-11-22T00:00:00Z,north,1.5',
    '2026-11-22T00:00:00Z,west,',
  )
  expect(await read(text)).toEqual({ meters: [NORTH], digest: sha256Hex(utf8(text)) })
})

test('wherever a file is cut into pieces, however its lines end, and whatever else it meters, it says the same', async () => {
  const [first, second] = ['2026-11-22T00:00:00Z,north,1.5', '2026-11-22T00:02:00Z,north,3']
  const text = `\uFEFFtime,site,kw\r\n${first}\r\n2026-11-22T00:01:00Z,瓜州,7\n\n${second}`
  const bytes = utf8(text)
  for (let at = 0; at <= bytes.length; at += 1) {
    const { meters, digest } = await readMeters(pieces(bytes.slice(0, at), bytes.slice(at)), SITES)
    expect(meters, `cut at ${at}`).toEqual([NORTH])
    expect(digest).toBe(sha256Hex(bytes))
  }
})

test.each([
  ['another header', 'time,kw\n', 'meter_header'],
  ['half a minute', lines('2026-11-22T00:00:30Z,north,1'), 'meter_line'],
  ['a time without an offset', lines('2026-11-22T00:00:00,north,1'), 'meter_line'],
  ['negative power', lines('2026-11-22T00:00:00Z,north,-1'), 'meter_line'],
  ['a day that no month has', lines('2026-02-30T00:00:00Z,north,1'), 'meter_line'],
  ['power in another notation', lines('2026-11-22T00:00:00Z,north,0x10'), 'meter_line'],
  ['power beyond any grid', lines('2026-11-22T00:00:00Z,north,1e308'), 'meter_line'],
  ['no power', lines('2026-11-22T00:00:00Z,north,x'), 'meter_line'],
  ['a minute twice', lines('2026-11-22T00:00:00Z,north,1', '2026-11-22T00:00:00Z,north,2'), 'meter_twice'],
  ['a year', lines('2025-11-22T00:00:00Z,north,1', '2026-11-22T00:00:00Z,north,2'), 'meter_long'],
  ['nothing', '', 'meter_header'],
  ['a line without end', lines('x'.repeat(1001)).trimEnd(), 'meter_line'],
])('%s is refused', async (_, text, name) => {
  await expect(read(text)).rejects.toMatchObject({ code: `grid_event.${name}` })
})

test.each([
  ['another encoding', [0x74, 0xff]],
  ['half a character', [0x74, 0xe7, 0x93]],
])('%s is refused', async (_, bytes) => {
  await expect(readMeters(pieces(Uint8Array.from(bytes)), SITES)).rejects.toMatchObject({ code: 'day.not_text' })
})

test('a file is read as it comes: what is wrong with its first piece is said before the rest has come', async () => {
  async function* coming() {
    yield utf8(lines('2026-11-22T00:00:00Z,north,x'))
    throw new Error('the whole file was waited for')
  }
  await expect(readMeters(coming(), SITES)).rejects.toMatchObject({ code: 'grid_event.meter_line' })
})
