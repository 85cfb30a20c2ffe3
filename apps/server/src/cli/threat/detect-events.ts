import {
  type Alert,
  type CorrelatedAlert,
  CorrelatedDetection,
  type CorrelationSet,
  DnsDetection,
  loadMappings,
  type RuleSet,
  type VolumeAlert,
} from '@dengta/threat'
import type { Terminal } from '../terminal.ts'
import type { DetectSummary } from './detect-summary.ts'
import type { EventFile } from './event-files.ts'

export interface DetectRun {
  readonly files: readonly EventFile[]
  readonly ruleSet: RuleSet
  readonly correlations: CorrelationSet
  readonly latenessMs: number
  /** Whether what leaves in DNS names is watched too. */
  readonly watchesDns: boolean
  /** Folder of own mappings. */
  readonly mappings?: string | undefined
  /** Called with each alert as it falls. */
  readonly show: (alert: Alert | CorrelatedAlert | VolumeAlert) => void
  readonly terminal: Pick<Terminal, 'progress'>
}

const SHOWN = 100
/** Files are sorted whole: more events than in a stream may wait. */
const MAX_HELD = 2_000_000

/** Runs rules, correlations and the watch over DNS names over event files and counts what happened. */
export async function detectEvents(run: DetectRun): Promise<DetectSummary> {
  const { files, ruleSet, correlations, latenessMs, watchesDns, mappings, show, terminal } = run
  const dns = watchesDns ? await DnsDetection.open() : undefined
  const options = { latenessMs, maxHeld: MAX_HELD, ...(dns && { dns }) }
  const detection = new CorrelatedDetection(correlations, await loadMappings(mappings), options)
  const counts = { events: 0, unmapped: 0, alerts: 0, correlated: 0, exfiltrating: 0, unreadable: 0 }
  let firstUnmapped: DetectSummary['firstUnmapped']
  const firstUnreadable: DetectSummary['firstUnreadable'][number][] = []
  const progress = progressOver(files, terminal)
  for await (const item of detection.run(files.map(({ path }) => path))) {
    if ('events' in item) {
      counts.events += item.events
      counts.unmapped += item.unmapped
      firstUnmapped ??= item.firstUnmapped && { file: item.file, ...item.firstUnmapped }
      progress(item.file, item.bytes)
    } else if ('fault' in item) {
      counts.unreadable += 1
      if (firstUnreadable.length < SHOWN) firstUnreadable.push(item)
    } else {
      counts[kindOf(item)] += 1
      show(item)
    }
  }
  return {
    files: files.length,
    ...counts,
    firstUnreadable,
    ...(firstUnmapped && { firstUnmapped }),
    rules: ruleSet.rules.length,
    correlations: correlations.correlations.length,
    refused: [...ruleSet.invalid, ...correlations.invalid],
    correlator: detection.state,
    ...(dns && { dns: dns.counts }),
  }
}

const kindOf = (alert: Alert | CorrelatedAlert | VolumeAlert) =>
  'correlation' in alert ? 'correlated' : 'volume' in alert ? 'exfiltrating' : 'alerts'

/** Bytes on the disk of files done and under way; a packed file counts when the next one begins. */
function progressOver(files: readonly EventFile[], { progress }: Pick<Terminal, 'progress'>) {
  const sizes = new Map(files.map(({ path, bytes }) => [path, bytes]))
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  let file = ''
  let before = 0
  let within = 0
  return (path: string, bytes: number): void => {
    if (path !== file) {
      before += sizes.get(file) ?? 0
      within = 0
      file = path
    }
    if (!/\.(?:gz|br|zst|evtx)$/.test(path)) within += bytes
    progress({ label: { en: `reading ${path}`, zh: `正在读取 ${path}` }, done: before + within, total })
  }
}
