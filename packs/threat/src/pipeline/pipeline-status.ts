import type { Text } from '@dengta/kernel'
import type { FaultCounts, SourceStatus } from '../ingest/source.ts'
import type { ReloadReport } from './detector/detector-pool.ts'
import type { RuleSetReport } from './detector/detector-protocol.ts'
import type { FlowMetrics, FlowSecond, LatencyStatus } from './flow-metrics.ts'
import type { JournalStatus } from './journal/journal.ts'

/** Everything there is to see of a running pipeline. Counts are since its start. */
export interface PipelineStatus {
  readonly journal: JournalStatus & { readonly id: string; readonly next: number }
  readonly sink: { readonly position: number; readonly failing: Text | undefined }
  readonly totals: Readonly<FlowMetrics['totals']>
  /** From receipt to stored alert, milliseconds. */
  readonly latency: LatencyStatus
  /** Age of the oldest line that is not processed yet, milliseconds. */
  readonly lagMs: number
  readonly memory: { readonly totalBytes: number; readonly freeBytes: number }
  readonly rules: RuleSetReport
  readonly reloads: readonly Pick<ReloadReport, 'hash' | 'rules' | 'fromSequence'>[]
  readonly detectorFailures: readonly string[]
  readonly stageFaults: Readonly<Record<string, { readonly count: number; readonly last: string }>>
  readonly sources: readonly SourceStatus[]
  /** Faults by stream. */
  readonly faults: Readonly<Record<string, FaultCounts>>
  /** The last 300 seconds in which something came. */
  readonly seconds: readonly Readonly<FlowSecond>[]
}
