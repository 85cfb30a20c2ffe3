import {
  type Alert,
  type CorrelatedAlert,
  CorrelatedDetection,
  type CorrelationSet,
  loadMappings,
  type RuleSet,
} from '@dengta/threat'
import type { Terminal } from '../terminal.ts'
import type { DetectSummary } from './detect-summary.ts'
import type { EventFile } from './event-files.ts'

export interface DetectRun {
  readonly files: readonly EventFile[]
  readonly ruleSet: RuleSet
  readonly correlations: CorrelationSet
  readonly latenessMs: number
  /** Folder of own mappings. */
  readonly mappings?: string | undefined
  /** Called with each alert as it falls. */
  readonly show: (alert: Alert | CorrelatedAlert) => void
  readonly terminal: Pick<Terminal, 'progress'>
}

const SHOWN = 100
/** Files are sorted whole: more events than in a stream may wait. */
const MAX_HELD = 2_000_000

/** Runs rules and correlations over event files and counts what happened. */
export async function detectEvents(run: DetectRun): Promise<DetectSummary> {
  const { files, ruleSet, correlations, latenessMs, mappings, show, terminal } = run
  const detection = new CorrelatedDetection(correlations, await loadMappings(mappings), {
    latenessMs,
    maxHeld: MAX_HELD,
  })
  const counts = { events: 0, unmapped: 0, alerts: 0, correlated: 0, unreadable: 0 }
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
      counts['correlation' in item ? 'correlated' : 'alerts'] += 1
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
  }
}

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
