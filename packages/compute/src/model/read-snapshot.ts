import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { checkSnapshot } from './check-snapshot.ts'
import { byWindow, expand, type FieldPath, type Horizon, type Place, slotOf } from './series.ts'
import type { Job, Site, Snapshot } from './snapshot.ts'
import { snapshotErrors as errors } from './snapshot-errors.ts'
import { type SnapshotFile, snapshotFile } from './snapshot-file.ts'

const inEnglish = z.locales.en().localeError
const inChinese = z.locales.zhCN().localeError

/** Assumed value of a chip-hour, yuan, where a job states none. */
const VALUE_YUAN_PER_CHIP_HOUR = 6
/** Assumed price of waiting as a share of that value, by tier. */
const DELAY_SHARE = [0.05, 0.02, 0.01, 0.005] as const

/** Reads a snapshot from YAML 1.2 or JSON. Throws one error of `snapshotErrors` that names line and field. */
export function readSnapshot(text: string): Snapshot {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const broken = document.errors[0]
  if (broken) throw errors.not_yaml({ line: lines.linePos(broken.pos[0]).line, problem: firstLine(broken.message) })
  const place = (path: FieldPath): Place => placeOf(path, document, lines)
  const file = fitSchema(plainValue(document), place)
  const finding = checkSnapshot(file)
  if (finding) throw finding.error(place(finding.at))
  return snapshotOf(file)
}

function snapshotOf(file: SnapshotFile): Snapshot {
  const { snapshot: name, slotMinutes, slots, weights, classes } = file
  return {
    name,
    slotMinutes,
    slots,
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

function siteOf({ site: name, tariff, ...rest }: SnapshotFile['sites'][number], horizon: Horizon): Site {
  return {
    ...rest,
    name,
    pue: expand(rest.pue, horizon),
    carbonKgPerKwh: expand(rest.carbonKgPerKwh, horizon),
    envelopeKw: expand(rest.envelopeKw, horizon),
    reserveKw: expand(rest.reserveKw, horizon),
    yuanPerKwh: byWindow(tariff.windows, horizon).map((window) => tariff.periods[window!.period]!),
    demandYuanPerKw: tariff.demandYuanPerKw,
    billedPeakKw: tariff.billedPeakKw,
  }
}

function jobOf({ job: name, ...rest }: SnapshotFile['jobs'][number], horizon: Horizon): Job {
  const worth = rest.chips * VALUE_YUAN_PER_CHIP_HOUR
  return {
    ...rest,
    name,
    release: Math.ceil(slotOf(rest.release, horizon)),
    deadline: Math.min(horizon.slots, Math.floor(slotOf(rest.deadline, horizon))),
    valueYuan: rest.valueYuan ?? worth * rest.hours,
    delayYuanPerHour: rest.delayYuanPerHour ?? worth * DELAY_SHARE[rest.tier],
  }
}

function plainValue(document: Document.Parsed): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    throw errors.not_yaml({ line: 1, problem: firstLine(String(cause)) }, cause)
  }
}

function fitSchema(value: unknown, place: (path: FieldPath) => Place): SnapshotFile {
  const read = snapshotFile.safeParse(value, { error: inEnglish })
  if (read.success) return read.data
  const issue = read.error.issues[0]!
  const chinese = snapshotFile.safeParse(value, { error: inChinese }).error?.issues[0]
  throw errors.field({
    ...place(issue.path.filter((step) => typeof step !== 'symbol')),
    problem: issue.message,
    problemZh: chinese?.message ?? issue.message,
  })
}

/** The line of the field, or of the nearest field around it that the file does have. */
function placeOf(path: FieldPath, document: Document.Parsed, lines: LineCounter): Place {
  const name = path.join('.') || 'file'
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true)
    if (isNode(node) && node.range) return { path: name, line: lines.linePos(node.range[0]).line }
  }
  return { path: name, line: 1 }
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]!.replace(/:$/, '')
}
