import type { Alert } from '../detect/alert.ts'
import type { FieldView } from '../match/field-view.ts'
import { eventTimeOf } from '../normalise/event-time.ts'
import { loadRules } from '../rule/load-rules.ts'
import type { Rule } from '../rule/rule.ts'
import { readRuleFiles } from '../rule/rule-files.ts'
import { dnsQueryOf } from './dns-query-of.ts'
import { houseRules } from './dns-query-rules.ts'
import { type DnsVolumeCounts, type DnsVolumeOptions, DnsVolumeWatch } from './dns-volume-watch.ts'
import { randomKey } from './keyed-hash.ts'
import { volumeAlert } from './volume-alert.ts'

/** More than the bound left in the names that one client asked for. `volume` holds the figures, and what they mean in words. */
export interface VolumeAlert extends Alert {
  readonly volume: unknown
}

/** The watch over names of DNS for event files, where no flow runs. Event time is the only time there is. */
export class DnsDetection {
  /** They hold for every query and alert only through the watch. */
  readonly rules: readonly Rule[]
  readonly #watch: DnsVolumeWatch

  private constructor(rules: readonly Rule[], options: Partial<DnsVolumeOptions>) {
    this.rules = rules
    this.#watch = new DnsVolumeWatch({ key: randomKey(), ...options })
  }

  static async open(options: Partial<DnsVolumeOptions> = {}): Promise<DnsDetection> {
    return new DnsDetection(loadRules(await readRuleFiles(houseRules())).rules, options)
  }

  get counts(): DnsVolumeCounts {
    return this.#watch.counts
  }

  /** An event for which one of the rules holds; one without a readable time says nothing of a day. */
  observe(view: FieldView, { file, line }: Pick<Alert, 'file' | 'line'>): VolumeAlert | undefined {
    const time = eventTimeOf(view)
    const query = Number.isNaN(time) ? undefined : dnsQueryOf(view, time)
    const found = query && this.#watch.observe(query)
    if (!found) return undefined
    const place = { file, line, logSource: { category: 'dns' } }
    const { rule, matched, event } = volumeAlert('', found, { ...place, sequence: 0, receivedMs: found.time })
    return { rule, ...place, matched, volume: event }
  }
}
