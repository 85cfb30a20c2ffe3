import type { Horizon } from './series.ts'
import type { SnapshotFile } from './snapshot-file.ts'
import { TARIFF_AREAS } from './tariff-areas.ts'

export interface TariffWindow {
  readonly from: string
  readonly to: string
  readonly period: string
}

type Tariff = SnapshotFile['sites'][number]['tariff']

/** Why a tariff has no windows. */
export type TariffFault = 'tariff_form' | 'unknown_area' | 'area_month'

const PERIODS: Readonly<Record<string, string>> = {
  S: 'super-peak',
  P: 'peak',
  F: 'flat',
  V: 'valley',
  D: 'deep-valley',
}

export function tariffFault({ windows, area, month }: Tariff): TariffFault | undefined {
  const stated = [windows, area].filter((each) => each !== undefined).length
  if (stated !== 1 || (area === undefined) !== (month === undefined)) return 'tariff_form'
  if (area === undefined) return undefined
  if (!areaNamed(area)) return 'unknown_area'
  return dayOf(area, month!) === undefined ? 'area_month' : undefined
}

/** The windows that a tariff without fault states, or those of its area and month for every day of the horizon. */
export function tariffWindows({ windows, area, month }: Tariff, horizon: Horizon): readonly TariffWindow[] {
  return windows ?? repeated(dayOf(area!, month!)!, horizon)
}

const areaNamed = (name: string) =>
  TARIFF_AREAS.find(({ zh, en }) => zh === name || en.toLowerCase() === name.toLowerCase())

const dayOf = (area: string, month: number): string | undefined =>
  areaNamed(area)?.seasons.find(([months]) => months.includes(month))?.[1]

/** `V00 F07 P16` as windows of minutes, day after day until the horizon ends. */
function repeated(day: string, { slots, slotMinutes }: Horizon): TariffWindow[] {
  const end = slots * slotMinutes
  const begins = day.split(' ').map((word) => ({ period: PERIODS[word[0]!]!, at: minutesOf(word.slice(1)) }))
  const windows: TariffWindow[] = []
  for (let midnight = 0; midnight < end; midnight += DAY)
    for (const [i, { period, at }] of begins.entries()) {
      const from = midnight + at
      const to = Math.min(end, midnight + (begins[i + 1]?.at ?? DAY))
      if (from < to) windows.push({ from: written(from), to: written(to), period })
    }
  return windows
}

const DAY = 24 * 60

function minutesOf(hour: string): number {
  const [hours, minutes = 0] = hour.split(':').map(Number)
  return hours! * 60 + minutes
}

function written(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
