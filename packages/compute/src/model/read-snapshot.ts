import { readDocument } from '@dengta/kernel'
import { checkSnapshot } from './check-snapshot.ts'
import { countJobs } from './count-jobs.ts'
import { byWindow, expand, type Horizon, isBand, slotOf } from './series.ts'
import type { Job, Site, Snapshot } from './snapshot.ts'
import { snapshotErrors as errors } from './snapshot-errors.ts'
import { type EnvelopeInFile, MOST_JOBS, type SnapshotFile, snapshotFile } from './snapshot-file.ts'
import { tariffWindows } from './tariff-windows.ts'

/** Assumed value of a chip-hour, yuan, where a job states none. */
const VALUE_YUAN_PER_CHIP_HOUR = 6
/** Assumed price of waiting as a share of that value, by tier. */
const DELAY_SHARE = [0.05, 0.02, 0.01, 0.005] as const

/** Reads a snapshot from YAML 1.2 or JSON. Throws one error of `snapshotErrors` that names line and field. */
export function readSnapshot(text: string): Snapshot {
  refuseTooMany(text)
  const { value, placeOf } = readDocument(text, snapshotFile, errors)
  const finding = checkSnapshot(value)
  if (finding) throw finding.error(placeOf(finding.at))
  return snapshotOf(value)
}

/** A file of 100,000 jobs takes the parser a quarter of a minute: it is turned away before. */
function refuseTooMany(text: string): void {
  const { count, line } = countJobs(text) ?? { count: 0, line: 1 }
  if (count > MOST_JOBS) throw errors.too_many_jobs({ line, path: 'jobs', count, most: MOST_JOBS })
}

/** The same of a day that stands inside another file, which has checked its form; the errors name the field alone. */
export function snapshotOfFile(file: SnapshotFile): Snapshot {
  const finding = checkSnapshot(file)
  if (finding) throw finding.error({ line: 1, path: finding.at.join('.') })
  return snapshotOf(file)
}

function snapshotOf(file: SnapshotFile): Snapshot {
  const { snapshot: name, slotMinutes, slots, keepTo, weights, classes } = file
  return {
    name,
    slotMinutes,
    slots,
    keepTo: keepTo === 'low' ? undefined : keepTo,
    weights,
    classes,
    participants: file.participants.map(({ participant, ...rest }) => ({ name: participant, ...rest })),
    feeders: file.feeders.map((each) => ({
      name: each.feeder,
      parent: each.parent,
      limitKw: expand(each.limitKw, file),
    })),
    sites: file.sites.map((site) => siteOf(site, file)),
    jobs: file.jobs.map((job) => jobOf(job, file)),
  }
}

function siteOf({ site: name, tariff, ...rest }: SnapshotFile['sites'][number], file: SnapshotFile): Site {
  return {
    ...rest,
    name,
    pue: expand(rest.pue, file),
    carbonKgPerKwh: expand(rest.carbonKgPerKwh, file),
    ...envelopeOf(rest.envelopeKw, file),
    reserveKw: expand(rest.reserveKw, file),
    yuanPerKwh: byWindow(tariffWindows(tariff, file), file).map((window) => tariff.periods[window!.period]!),
    demandYuanPerKw: tariff.demandYuanPerKw,
    billedPeakKw: tariff.billedPeakKw,
  }
}

function envelopeOf(envelope: EnvelopeInFile, file: SnapshotFile): Pick<Site, 'envelopeKw' | 'band'> {
  if (!isBand(envelope)) return { envelopeKw: expand(envelope, file) }
  const lowKw = expand(envelope.lowKw, file)
  const expectedKw = expand(envelope.expectedKw, file)
  const highKw = expand(envelope.highKw, file)
  const edges = { low: lowKw, expected: expectedKw, high: highKw }
  return { envelopeKw: edges[file.keepTo], band: { lowKw, expectedKw, highKw } }
}

function jobOf({ job: name, ...rest }: SnapshotFile['jobs'][number], horizon: Horizon): Job {
  return {
    ...rest,
    ...(rest.gangs && { gangs: rest.gangs.toSorted((a, b) => b.chips - a.chips) }),
    name,
    release: Math.ceil(slotOf(rest.release, horizon)),
    deadline: Math.min(horizon.slots, Math.floor(slotOf(rest.deadline, horizon))),
    valueYuan: rest.valueYuan ?? assumedWorth(rest).valueYuan,
    delayYuanPerHour: rest.delayYuanPerHour ?? assumedWorth(rest).delayYuanPerHour,
  }
}

/** What a job is taken to be worth, and its waiting to cost, where nobody states it. */
export function assumedWorth({ chips, hours, tier }: Pick<Job, 'chips' | 'hours' | 'tier'>) {
  const worth = chips * VALUE_YUAN_PER_CHIP_HOUR
  return { valueYuan: worth * hours, delayYuanPerHour: worth * DELAY_SHARE[tier] }
}
