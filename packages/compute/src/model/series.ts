import type { AppError, FieldPath, Place } from '@dengta/kernel'
import { snapshotErrors as errors } from './snapshot-errors.ts'
import type { EnvelopeInFile, SeriesInFile } from './snapshot-file.ts'

/** The first thing wrong: where, and the error once the place is known. */
export interface Finding {
  readonly at: FieldPath
  readonly error: (place: Place) => AppError
}

export interface Horizon {
  readonly slots: number
  readonly slotMinutes: number
}

interface Window {
  readonly from: string
  readonly to: string
}

/** Slot of a time HH:MM, as a fraction where it lies inside a slot. */
export function slotOf(time: string, { slotMinutes }: Horizon): number {
  const [hours, minutes] = time.split(':').map(Number)
  return (hours! * 60 + minutes!) / slotMinutes
}

/** HH:MM at which a slot begins. */
export function timeOf(slot: number, { slotMinutes }: Pick<Horizon, 'slotMinutes'>): string {
  const minutes = slot * slotMinutes
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Values by slot of a series that `checkSeries` let pass. */
export function expand(series: SeriesInFile, horizon: Horizon): number[] {
  if (typeof series === 'number') return Array(horizon.slots).fill(series)
  if (!hasWindows(series)) return [...series]
  return byWindow(series, horizon).map((window) => window!.value)
}

/** The window of each slot; undefined where none covers it. */
export function byWindow<W extends Window>(windows: readonly W[], horizon: Horizon): (W | undefined)[] {
  const slots: (W | undefined)[] = Array(horizon.slots).fill(undefined)
  for (const window of windows) slots.fill(window, slotOf(window.from, horizon), slotOf(window.to, horizon))
  return slots
}

export function checkSeries(series: SeriesInFile, at: FieldPath, horizon: Horizon): Finding | undefined {
  if (typeof series === 'number') return undefined
  if (hasWindows(series)) return checkWindows(series, at, horizon)
  const { slots } = horizon
  const fits = series.length === slots
  return fits ? undefined : { at, error: (place) => errors.series_length({ ...place, count: series.length, slots }) }
}

export function checkWindows(windows: readonly Window[], at: FieldPath, horizon: Horizon): Finding | undefined {
  const taken: boolean[] = Array(horizon.slots).fill(false)
  for (const [i, window] of windows.entries()) {
    const from = slotOf(window.from, horizon)
    const to = slotOf(window.to, horizon)
    if (!(Number.isInteger(from) && Number.isInteger(to) && from < to && to <= horizon.slots))
      return { at: [...at, i], error: errors.window_order }
    const clash = taken.indexOf(true, from)
    if (clash >= 0 && clash < to)
      return { at: [...at, i], error: (place) => errors.overlapping_slots({ ...place, time: timeOf(clash, horizon) }) }
    taken.fill(true, from, to)
  }
  const gap = taken.indexOf(false)
  if (gap < 0) return undefined
  return { at, error: (place) => errors.uncovered_slots({ ...place, time: timeOf(gap, horizon) }) }
}

/** The smallest value of a series however it is written, and where in it that stands. */
export function lowest(series: SeriesInFile): { readonly value: number; readonly at: FieldPath } {
  if (typeof series === 'number') return { value: series, at: [] }
  const values = hasWindows(series) ? series.map((window) => window.value) : series
  const value = values.reduce((low, each) => Math.min(low, each), Number.POSITIVE_INFINITY)
  return { value, at: [values.indexOf(value), ...(hasWindows(series) ? ['value'] : [])] }
}

type Windowed = Exclude<SeriesInFile, number | number[]>

function hasWindows(series: number[] | Windowed): series is Windowed {
  return typeof series[0] === 'object'
}

/** An envelope that is a forecast of three edges, not one limit. */
export function isBand(envelope: EnvelopeInFile): envelope is Exclude<EnvelopeInFile, SeriesInFile> {
  return typeof envelope === 'object' && !Array.isArray(envelope)
}
