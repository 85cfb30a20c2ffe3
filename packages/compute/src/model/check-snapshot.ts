import { type FieldPath, unseenIn } from '@dengta/kernel'
import { checkGangs } from './check-gangs.ts'
import { checkSeries, checkWindows, expand, type Finding, isBand, lowest, slotOf, timeOf } from './series.ts'
import { snapshotErrors as errors } from './snapshot-errors.ts'
import { type EnvelopeInFile, MOST_VALUES, type SeriesInFile, type SnapshotFile } from './snapshot-file.ts'
import { TARIFF_AREAS } from './tariff-areas.ts'
import { type TariffWindow, tariffFault, tariffWindows } from './tariff-windows.ts'

type Check = (file: SnapshotFile) => Finding | undefined

const LISTS = ['chips', 'participants', 'feeders', 'sites', 'jobs'] as const
type NamedList = (typeof LISTS)[number]

/** What a schema cannot say: fields that must agree with each other. The first finding. */
export function checkSnapshot(file: SnapshotFile): Finding | undefined {
  return first(CHECKS, (check) => check(file))
}

const CHECKS: readonly Check[] = [
  notTooMany,
  checkText,
  (file) => first(namesThatAreKeys(file), ([name, at]) => notReserved(name, at)),
  (file) => first(LISTS, (list) => uniqueNames(file, list)),
  checkClasses,
  (file) => first(file.feeders.entries(), ([i, feeder]) => power(file, feeder.limitKw, ['feeders', i, 'limitKw'])),
  checkTree,
  (file) => first(file.sites.keys(), (i) => checkSite(file, i)),
  (file) => first(file.jobs.keys(), (i) => checkJob(file, i)),
]

function first<T>(items: Iterable<T>, find: (item: T) => Finding | undefined): Finding | undefined {
  for (const item of items) {
    const finding = find(item)
    if (finding) return finding
  }
  return undefined
}

/** Before any series is laid out slot by slot. */
function notTooMany({ sites, feeders, slots }: SnapshotFile): Finding | undefined {
  const places = sites.reduce((sum, { pools }) => sum + 1 + pools.length, feeders.length)
  const most = Math.floor(MOST_VALUES / slots)
  if (places <= most) return undefined
  return { at: ['sites'], error: (place) => errors.too_many_places({ ...place, places, slots, most }) }
}

function namesOf(file: SnapshotFile, list: NamedList): string[] {
  switch (list) {
    case 'chips':
      return file.chips
    case 'participants':
      return file.participants.map((each) => each.participant)
    case 'feeders':
      return file.feeders.map((each) => each.feeder)
    case 'sites':
      return file.sites.map((each) => each.site)
    case 'jobs':
      return file.jobs.map((each) => each.job)
  }
}

function uniqueNames(file: SnapshotFile, list: NamedList): Finding | undefined {
  const seen = new Set<string>()
  return first(namesOf(file, list).entries(), ([i, name]) => {
    const looks = asItLooks(name)
    if (seen.has(looks)) return { at: [list, i], error: (place) => errors.repeated_name({ ...place, name }) }
    seen.add(looks)
    return undefined
  })
}

/** Equal for names that nobody can tell apart on a screen. */
function asItLooks(name: string): string {
  return name
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .trim()
}

function checkText(file: SnapshotFile): Finding | undefined {
  const at = unseenIn(file)
  return at && { at, error: errors.unseen_character }
}

/** Names that prices and curves are kept under, each with its place. */
function* namesThatAreKeys(file: SnapshotFile): Generator<[name: string, at: FieldPath]> {
  for (const list of LISTS) for (const [i, name] of namesOf(file, list).entries()) yield [name, [list, i]]
  for (const name of Object.keys(file.classes)) yield [name, ['classes', name]]
  for (const [i, { tariff }] of file.sites.entries())
    for (const name of Object.keys(tariff.periods)) yield [name, ['sites', i, 'tariff', 'periods', name]]
}

/** Every object has some names of its own from the start: `__proto__`, `constructor`, ... */
function notReserved(name: string, at: FieldPath): Finding | undefined {
  return name in Object.prototype ? { at, error: (place) => errors.reserved_name({ ...place, name }) } : undefined
}

function notNegative(value: number, at: FieldPath): Finding | undefined {
  return value < 0 ? { at, error: (place) => errors.negative_power({ ...place, value }) } : undefined
}

function power(file: SnapshotFile, series: SeriesInFile, at: FieldPath): Finding | undefined {
  const { value, at: within } = lowest(series)
  return notNegative(value, [...at, ...within]) ?? checkSeries(series, at, file)
}

function knownChip(file: SnapshotFile, name: string, at: FieldPath): Finding | undefined {
  return file.chips.includes(name) ? undefined : { at, error: (place) => errors.unknown_chip({ ...place, name }) }
}

function knownSite(file: SnapshotFile, name: string, at: FieldPath): Finding | undefined {
  return file.sites.some((each) => each.site === name)
    ? undefined
    : { at, error: (place) => errors.unknown_site({ ...place, name }) }
}

function knownFeeder(file: SnapshotFile, name: string | undefined, at: FieldPath): Finding | undefined {
  const known = name === undefined || file.feeders.some((each) => each.feeder === name)
  return known ? undefined : unknownFeeder(name, at)
}

const unknownFeeder = (name: string, at: FieldPath): Finding => ({
  at,
  error: (place) => errors.unknown_feeder({ ...place, name }),
})

function checkClasses(file: SnapshotFile): Finding | undefined {
  return first(Object.entries(file.classes), ([name, curves]) =>
    first(
      Object.entries(curves),
      ([chip, levels]) =>
        knownChip(file, chip, ['classes', name, chip]) ??
        first(levels.entries(), ([i, { watts }]) => notNegative(watts, ['classes', name, chip, i, 'watts'])),
    ),
  )
}

/** Feeders hang below each other without a circle. Each is climbed from once: what has been seen to reach a root is not climbed again. */
function checkTree({ feeders }: SnapshotFile): Finding | undefined {
  const rows = new Map(feeders.map(({ feeder }, i) => [feeder, i]))
  const rooted = new Set<number>()
  return first(feeders.entries(), ([i, { parent }]) => {
    if (parent !== undefined && !rows.has(parent)) return unknownFeeder(parent, ['feeders', i, 'parent'])
    const path = new Set<number>()
    for (let row: number | undefined = i; row !== undefined && !rooted.has(row); ) {
      const { feeder: name, parent: above }: SnapshotFile['feeders'][number] = feeders[row]!
      if (path.has(row))
        return { at: ['feeders', row, 'parent'], error: (place) => errors.cyclic_feeders({ ...place, name }) }
      path.add(row)
      row = above === undefined ? undefined : rows.get(above)
    }
    for (const row of path) rooted.add(row)
    return undefined
  })
}

function checkSite(file: SnapshotFile, i: number): Finding | undefined {
  const site = file.sites[i]!
  const at = ['sites', i]
  return (
    knownFeeder(file, site.feeder, [...at, 'feeder']) ??
    checkPue(file, site.pue, [...at, 'pue']) ??
    checkTariff(file, i) ??
    notNegative(site.tariff.billedPeakKw, [...at, 'tariff', 'billedPeakKw']) ??
    checkSeries(site.carbonKgPerKwh, [...at, 'carbonKgPerKwh'], file) ??
    checkEnvelope(file, site.envelopeKw, [...at, 'envelopeKw']) ??
    power(file, site.reserveKw, [...at, 'reserveKw']) ??
    notNegative(site.rampKw ?? 0, [...at, 'rampKw']) ??
    first(site.pools.entries(), ([k, pool]) => knownChip(file, pool.chip, [...at, 'pools', k, 'chip'])) ??
    uniquePools(file, i)
  )
}

function uniquePools(file: SnapshotFile, i: number): Finding | undefined {
  const chips = file.sites[i]!.pools.map((pool) => pool.chip)
  const k = chips.findIndex((chip, index) => chips.indexOf(chip) < index)
  if (k < 0) return undefined
  return { at: ['sites', i, 'pools', k], error: (place) => errors.repeated_name({ ...place, name: chips[k]! }) }
}

function checkPue(file: SnapshotFile, series: SeriesInFile, at: FieldPath): Finding | undefined {
  const { value, at: within } = lowest(series)
  if (value >= 1) return checkSeries(series, at, file)
  return { at: [...at, ...within], error: (place) => errors.pue_below_one({ ...place, value }) }
}

function checkTariff(file: SnapshotFile, i: number): Finding | undefined {
  const { tariff } = file.sites[i]!
  const at = ['sites', i, 'tariff']
  const fault = tariffFault(tariff)
  if (fault) {
    const known = TARIFF_AREAS.map(({ zh, en }) => `${zh} ${en}`).join(', ')
    const { area = '', month = 0 } = tariff
    return {
      at: fault === 'tariff_form' ? at : [...at, 'area'],
      error: (place) => errors[fault]({ ...place, area, month, known }),
    }
  }
  const windows = tariffWindows(tariff, file)
  const unknown = windows.findIndex(({ period }) => !Object.hasOwn(tariff.periods, period))
  if (unknown < 0) return insideSlot(file, i, windows) ?? checkWindows(windows, [...at, 'windows'], file)
  const name = windows[unknown]!.period
  const where = tariff.windows ? [...at, 'windows', unknown] : [...at, 'periods']
  return { at: where, error: (place) => errors.unknown_period({ ...place, name }) }
}

/** Windows that the file states itself are told of by their place; those of an area stand nowhere in it. */
function insideSlot(file: SnapshotFile, i: number, windows: readonly TariffWindow[]): Finding | undefined {
  const { area } = file.sites[i]!.tariff
  const window = area === undefined ? undefined : windows.find(({ from }) => !Number.isInteger(slotOf(from, file)))
  if (!window) return undefined
  const says = { area: area!, time: window.from, minutes: file.slotMinutes }
  return { at: ['sites', i, 'tariff', 'area'], error: (place) => errors.area_slots({ ...place, ...says }) }
}

/** Each edge of a forecast like a limit of its own, and none below the one before. */
function checkEnvelope(file: SnapshotFile, envelope: EnvelopeInFile, at: FieldPath): Finding | undefined {
  if (!isBand(envelope)) return power(file, envelope, at)
  const wrong = first(BAND, (edge) => power(file, envelope[edge], [...at, edge]))
  if (wrong) return wrong
  const [low, expected, high] = BAND.map((edge) => expand(envelope[edge], file)) as [number[], number[], number[]]
  const slot = expected.findIndex((kw, t) => kw < low[t]! || kw > high[t]!)
  if (slot < 0) return undefined
  return { at, error: (place) => errors.band_order({ ...place, time: timeOf(slot, file) }) }
}

const BAND = ['lowKw', 'expectedKw', 'highKw'] as const

function checkJob(file: SnapshotFile, i: number): Finding | undefined {
  const job = file.jobs[i]!
  const at = ['jobs', i]
  if (!Object.hasOwn(file.classes, job.class))
    return { at: [...at, 'class'], error: (place) => errors.unknown_class({ ...place, name: job.class }) }
  if (!file.participants.some((each) => each.participant === job.participant))
    return {
      at: [...at, 'participant'],
      error: (place) => errors.unknown_participant({ ...place, name: job.participant }),
    }
  if (slotOf(job.deadline, file) <= slotOf(job.release, file))
    return { at: [...at, 'deadline'], error: (place) => errors.deadline_before_release({ ...place, name: job.job }) }
  return (
    hasWholeSlot(file, i) ??
    first((job.sites ?? []).entries(), ([k, name]) => knownSite(file, name, [...at, 'sites', k])) ??
    first((job.chipTypes ?? []).entries(), ([k, name]) => knownChip(file, name, [...at, 'chipTypes', k])) ??
    checkGangs(file, i)
  )
}

/** A plan counts in whole slots: a job with none could not be written back into a plan file. */
function hasWholeSlot(file: SnapshotFile, i: number): Finding | undefined {
  const { job: name, release, deadline } = file.jobs[i]!
  const end = Math.min(file.slots, Math.floor(slotOf(deadline, file)))
  if (Math.ceil(slotOf(release, file)) < end) return undefined
  return { at: ['jobs', i, 'deadline'], error: (place) => errors.no_whole_slot({ ...place, name }) }
}
