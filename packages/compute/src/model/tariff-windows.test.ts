import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { TARIFF_AREAS } from './tariff-areas.ts'
import { tariffFault, tariffWindows } from './tariff-windows.ts'

const HORIZON = { slots: 96, slotMinutes: 15 }
const tariff = (area: string, month: number) => ({ periods: {}, area, month, demandYuanPerKw: 0, billedPeakKw: 0 })

/** Windows of another maker: a letter for each quarter of an hour, by area and month. */
const OTHERS = join(
  process.env.DENGTA_DATA ?? join(import.meta.dirname, '../../../../../shared/data'),
  'grid/china_tou/tou_windows_2026_02.json',
)
const there = existsSync(OTHERS)
if (!there)
  process.stdout.write('SKIPPED tariff areas against their source: no folder shared/data beside the project\n')

test('an area is found by either name, and its day repeats over the horizon', () => {
  expect(tariffWindows(tariff('宁夏', 4), HORIZON)).toEqual(tariffWindows(tariff('ningxia', 4), HORIZON))
  expect(tariffWindows(tariff('宁夏', 4), { slots: 120, slotMinutes: 15 }).slice(-2)).toEqual([
    { from: '23:00', to: '24:00', period: 'flat' },
    { from: '24:00', to: '30:00', period: 'flat' },
  ])
  expect(tariffWindows(tariff('浙江', 1), HORIZON).map(({ period }) => period)).toContain('super-peak')
})

test('a tariff has windows, or an area with its month, and only what was published whole', () => {
  const stated = [{ from: '00:00', to: '24:00', period: 'flat' }]
  const windows = { periods: {}, windows: stated, demandYuanPerKw: 0, billedPeakKw: 0 }
  expect(tariffFault(windows)).toBeUndefined()
  expect(tariffFault({ ...windows, area: '宁夏', month: 4 })).toBe('tariff_form')
  expect(tariffFault({ ...windows, windows: undefined })).toBe('tariff_form')
  expect(tariffFault({ ...tariff('宁夏', 4), month: undefined })).toBe('tariff_form')
  expect(tariffFault(tariff('西藏', 4))).toBe('unknown_area')
  expect(tariffFault(tariff('安徽', 7))).toBe('area_month')
})

test.skipIf(!there)('31 areas, every month of which agrees with its source in every quarter of an hour', () => {
  const { provinces } = JSON.parse(readFileSync(OTHERS, 'utf8')) as {
    provinces: Record<string, { tou: boolean; months: Record<string, string> }>
  }
  const withWindows = Object.values(provinces).filter(({ tou }) => tou)
  expect([withWindows.length, TARIFF_AREAS.length]).toEqual([31, 31])
  const theirs = withWindows.map(({ months }) => months).map(textOfYear)
  const ours = TARIFF_AREAS.map(({ zh }) =>
    textOfYear(Object.fromEntries(MONTHS.map((month) => [month, lettersOf(zh, month)]))),
  )
  expect(ours.toSorted()).toEqual(theirs.toSorted())
})

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
const LETTER: Record<string, string> = { 'super-peak': 'S', peak: 'P', flat: 'F', valley: 'V', 'deep-valley': 'D' }

function lettersOf(area: string, month: number): string {
  if (tariffFault(tariff(area, month))) return '.'
  const quarters = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) / 15
  return tariffWindows(tariff(area, month), HORIZON)
    .map(({ from, to, period }) => LETTER[period]!.repeat(quarters(to) - quarters(from)))
    .join('')
}

/** A month that was published with gaps counts as not given. */
function textOfYear(months: Readonly<Record<string, string>>): string {
  return MONTHS.map((month) => months[month] ?? '.')
    .map((day) => (day.includes('.') ? '.' : day))
    .join(' ')
}
