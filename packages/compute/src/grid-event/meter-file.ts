import { type MeterSeries, MINUTE } from '../settlement/meter.ts'
import { gridEventErrors as errors } from './grid-event-errors.ts'

const HEADER = 'time,site,kw'
const TIME = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:00(\.0+)?)?(Z|[+-]\d\d:\d\d)$/
const POWER = /^\d+(\.\d+)?([eE][+-]?\d+)?$/
const MOST_KW = 1e9
/** Two months of minutes: what the longest look-back of a baseline needs, and room. */
const MOST_MINUTES = 62 * 24 * 60

interface Reading {
  readonly at: number
  readonly site: string
  readonly kw: number
}

/**
 * Reads meters: CSV with the header `time,site,kw`, one line a minute and site, time in RFC 3339 with an offset. Minutes that
 * are not there stay NaN. Throws `grid_event.meter_*` with the line.
 */
export function readMeters(text: string): MeterSeries[] {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (header.trim() !== HEADER) throw errors.meter_header({ header: header.slice(0, 100), wanted: HEADER })
  const bySite = new Map<string, Reading[]>()
  for (const [i, line] of lines.entries()) {
    if (line === '') continue
    const reading = readLine(line, i + 2)
    if (!reading) continue
    const known = bySite.get(reading.site)
    if (known) known.push(reading)
    else bySite.set(reading.site, [reading])
  }
  return [...bySite].map(([site, readings]) => seriesOf(site, readings))
}

/** Undefined where the meter gave none: the cell is empty. */
function readLine(line: string, number: number): Reading | undefined {
  const [time = '', site = '', kw = '', ...more] = line.split(',')
  const at = momentOf(time)
  const written = kw.trim()
  const placed = more.length === 0 && at !== undefined && site !== ''
  if (!placed || !(written === '' || isPower(written))) throw errors.meter_line({ line: number })
  return written === '' ? undefined : { at, site, kw: Number(written) }
}

/** Undefined unless it is a whole minute, with an offset, of a date that exists. */
function momentOf(time: string): number | undefined {
  const [, date] = TIME.exec(time) ?? []
  if (date === undefined || !new Date(date).toJSON()?.startsWith(date)) return undefined
  const at = Date.parse(time)
  return at % MINUTE === 0 ? at : undefined
}

const isPower = (text: string): boolean => POWER.test(text) && Number(text) <= MOST_KW

function seriesOf(site: string, readings: readonly Reading[]): MeterSeries {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { at } of readings) [first, last] = [Math.min(first, at), Math.max(last, at)]
  const minutes = (last - first) / MINUTE + 1
  if (minutes > MOST_MINUTES) throw errors.meter_long({ site, days: MOST_MINUTES / 1440 })
  const kw = new Float64Array(minutes).fill(Number.NaN)
  for (const reading of readings) {
    const i = (reading.at - first) / MINUTE
    if (!Number.isNaN(kw[i])) throw errors.meter_twice({ site, time: new Date(reading.at).toISOString() })
    kw[i] = reading.kw
  }
  return { site, startsAt: first, kw }
}
