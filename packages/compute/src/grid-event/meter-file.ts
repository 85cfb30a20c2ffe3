import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { dayErrors } from '../day/day-errors.ts'
import { type MeterSeries, MINUTE } from '../settlement/meter.ts'
import { gridEventErrors as errors } from './grid-event-errors.ts'

const HEADER = 'time,site,kw'
const TIME = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:00(\.0+)?)?(Z|[+-]\d\d:\d\d)$/
const POWER = /^\d+(\.\d+)?([eE][+-]?\d+)?$/
const MOST_KW = 1e9
/** Two months of minutes: what the longest look-back of a baseline needs, and room. */
const MOST_MINUTES = 62 * 24 * 60
/** Characters of a line; no reading needs a tenth of it. */
const LONGEST_LINE = 1000

export interface MeterFile {
  readonly meters: readonly MeterSeries[]
  /** SHA-256 of the file, hexadecimal. */
  readonly digest: string
}

interface Readings {
  readonly at: number[]
  readonly kw: number[]
}

/**
 * Reads the meters of some sites: CSV with the header `time,site,kw`, one line a minute and site, time in RFC 3339 with an offset.
 * Minutes that are not there stay NaN. It is read as it comes, piece by piece, so that a long file holds nobody up. Throws
 * `grid_event.meter_*` with the line, `day.not_text`.
 */
export async function readMeters(file: AsyncIterable<Uint8Array>, sites: readonly string[]): Promise<MeterFile> {
  const hash = createHash('sha256')
  const bySite = new Map(sites.map((site): [string, Readings] => [site, { at: [], kw: [] }]))
  let number = 0
  for await (const lines of linesOf(file, (part) => hash.update(part)))
    for (const line of lines) {
      number += 1
      if (number === 1) checkHeader(line)
      else if (line !== '') readLine(line, number, bySite)
    }
  if (number === 0) checkHeader('')
  const meters: MeterSeries[] = []
  for (const [site, readings] of bySite) {
    if (readings.at.length > 0) meters.push(seriesOf(site, readings))
    await setImmediate()
  }
  return { meters, digest: hash.digest('hex') }
}

/** The lines that each piece of a file completes, and at last what has no end. */
async function* linesOf(file: AsyncIterable<Uint8Array>, see: (part: Uint8Array) => void): AsyncGenerator<string[]> {
  const decoded = decoder()
  let number = 1
  let rest = ''
  for await (const part of file) {
    see(part)
    const lines = (rest + decoded(part)).split('\n')
    rest = lines.pop()!
    number += lines.length
    if (rest.length > LONGEST_LINE) throw errors.meter_line({ line: number })
    yield lines.map(withoutReturn)
  }
  decoded()
  if (rest !== '') yield [withoutReturn(rest)]
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)

/** Text of one piece after the other; without a piece the file is over. */
function decoder(): (part?: Uint8Array) => string {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  return (part) => {
    try {
      return utf8.decode(part, { stream: part !== undefined })
    } catch (cause) {
      throw dayErrors.not_text({}, cause)
    }
  }
}

function checkHeader(header: string): void {
  if (header.trim() !== HEADER) throw errors.meter_header({ header: header.slice(0, 100), wanted: HEADER })
}

/** Where the meter gave none the cell is empty. Readings of other sites must be right, and are not kept. */
function readLine(line: string, number: number, bySite: ReadonlyMap<string, Readings>): void {
  const [time = '', site = '', kw = '', ...more] = line.split(',')
  const at = momentOf(time)
  const written = kw.trim()
  const placed = more.length === 0 && at !== undefined && site !== ''
  if (!placed || !(written === '' || isPower(written))) throw errors.meter_line({ line: number })
  const readings = bySite.get(site)
  if (!readings || written === '') return
  readings.at.push(at)
  readings.kw.push(Number(written))
}

/** Undefined unless it is a whole minute, with an offset, of a date that exists. */
function momentOf(time: string): number | undefined {
  const [, date] = TIME.exec(time) ?? []
  if (date === undefined || !new Date(date).toJSON()?.startsWith(date)) return undefined
  const at = Date.parse(time)
  return at % MINUTE === 0 ? at : undefined
}

const isPower = (text: string): boolean => POWER.test(text) && Number(text) <= MOST_KW

function seriesOf(site: string, readings: Readings): MeterSeries {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const at of readings.at) [first, last] = [Math.min(first, at), Math.max(last, at)]
  const minutes = (last - first) / MINUTE + 1
  if (minutes > MOST_MINUTES) throw errors.meter_long({ site, days: MOST_MINUTES / 1440 })
  const kw = new Float64Array(minutes).fill(Number.NaN)
  for (const [k, at] of readings.at.entries()) {
    const i = (at - first) / MINUTE
    if (!Number.isNaN(kw[i])) throw errors.meter_twice({ site, time: new Date(at).toISOString() })
    kw[i] = readings.kw[k]!
  }
  return { site, startsAt: first, kw }
}
