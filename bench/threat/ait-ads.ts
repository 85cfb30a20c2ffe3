import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { houseRoot } from '@dengta/store'
import {
  type Case,
  caseOf,
  type Disposition,
  type SeenAlert,
  type Site,
  Watch,
  type WatchListener,
} from '@dengta/threat'

const FOLDER = join(process.env.DENGTA_DATA ?? join(dirname(houseRoot()), 'shared/data'), 'threat/triage')

/** The stored networks of AIT-ADS: 6 of its 8. */
export const NETWORKS = ['fox', 'harrison', 'russellmitchell', 'santos', 'wheeler', 'wilson']

/** One network as the pack sees it without any label; labels follow as verdicts and for scoring only. By number of group. */
export interface LabelledNetwork extends Site {
  readonly alerts: number
  readonly sizes: readonly number[]
  /** Attack steps that caused alerts of the group. */
  readonly steps: readonly ReadonlySet<string>[]
}

export interface LabelledAlert {
  readonly alert: SeenAlert
  /** Attack window it fell into, or false_positive. */
  readonly window: string
  /** Attack step that caused it, or -. */
  readonly step: string
}

interface GroupTruth {
  readonly steps: Set<string>
  outside: boolean
  alerts: number
}

export function readNetwork(name: string): LabelledNetwork {
  const watch = new Watch()
  const truths: GroupTruth[] = []
  const cases: Case[] = []
  const listener: WatchListener = { settled: () => 0, due: (due) => cases.push(caseOf(due)) }
  for (const { alert, window, step } of labelledAlerts(name)) {
    const { number } = watch.add(alert, listener)
    truths[number] ??= { steps: new Set(), outside: false, alerts: 0 }
    count(truths[number], window, step)
  }
  watch.advance(Number.POSITIVE_INFINITY, listener)
  for (const it of cases) it.disposition = verdictOf(truths[it.number]!)
  const sizes = truths.map(({ alerts }) => alerts)
  const alerts = sizes.reduce((sum, size) => sum + size, 0)
  return { name, cases, alerts, sizes, steps: truths.map(({ steps }) => steps) }
}

function count(truth: GroupTruth, window: string, step: string): void {
  truth.alerts += 1
  if (step !== '-') truth.steps.add(step)
  if (window === 'false_positive') truth.outside = true
}

/** Attack if a step caused any of its alerts; benign if one fell outside all attack windows; else neither. */
function verdictOf({ steps, outside }: GroupTruth): Disposition {
  const [file] = steps
  if (file !== undefined) return { verdict: 'attack', file }
  return { verdict: outside ? 'benign' : 'unclear' }
}

/** The alerts of a network by event time; its file has them one detector after the other. */
export function* labelledAlerts(name: string): Generator<LabelledAlert> {
  const path = join(FOLDER, `ait-ads-${name}.csv.br`)
  if (!existsSync(path)) throw new Error(`${path} is absent: set DENGTA_DATA to the folder that holds threat/`)
  const lines = brotliDecompressSync(readFileSync(path)).toString('latin1').trimEnd().split('\n')
  const times = Float64Array.from(lines, (line) => Number(line.slice(0, line.indexOf(','))))
  const order = Uint32Array.from({ length: lines.length - 1 }, (_, at) => at + 1)
  order.sort((one, other) => times[one]! - times[other]! || one - other)
  for (const at of order) yield readLine(lines[at]!, `${name}:${at + 1}`)
}

/** Columns time, name, ip, host, short, time_label, event_label. */
function readLine(line: string, id: string): LabelledAlert {
  const [time = '', signature = '', address = '', host = '', , window = '', step = ''] = line.trimEnd().split(',')
  const alert = {
    id,
    time: Number(time) * 1000,
    signature,
    level: '',
    host,
    addresses: address === '' ? [] : [address],
    techniques: [],
    detector: signature.slice(0, signature.indexOf(':')),
  }
  return { alert, window, step }
}
