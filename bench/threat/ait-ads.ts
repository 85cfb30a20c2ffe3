import { dirname, join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { type Case, caseOf, type Site, Watch, type WatchListener } from '@dengta/threat'
import { aitAlerts, aitNetworks } from '../../packs/threat/src/service/replay/ait-ads.ts'
import { GroupTruth, type LabelledAlert } from '../../packs/threat/src/service/replay/labelled-stream.ts'

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

/** As replays read it, with the alerts of each group counted to its end. */
export function readNetwork(name: string): LabelledNetwork {
  const watch = new Watch()
  const truths: GroupTruth[] = []
  const sizes: number[] = []
  const cases: Case[] = []
  const listener: WatchListener = { settled: () => 0, due: (due) => cases.push(caseOf(due)) }
  for (const labelled of labelledAlerts(name)) {
    const { number } = watch.add(labelled.alert, listener)
    truths[number] ??= new GroupTruth()
    truths[number].count(labelled)
    sizes[number] = (sizes[number] ?? 0) + 1
  }
  watch.advance(Number.POSITIVE_INFINITY, listener)
  for (const it of cases) it.disposition = truths[it.number]!.disposition
  const alerts = sizes.reduce((sum, size) => sum + size, 0)
  return { name, cases, alerts, sizes, steps: truths.map(({ steps }) => new Set(steps)) }
}

/** The alerts of a network by event time. */
export function labelledAlerts(name: string): Iterable<LabelledAlert> {
  if (!aitNetworks(FOLDER).includes(name))
    throw new Error(`${FOLDER} has no ${name}: set DENGTA_DATA to the folder that holds threat/`)
  return aitAlerts(FOLDER, name)
}
