import type { RuleSource } from './detector/detector-protocol.ts'
import type { AlertSink } from './sink/alert-sink.ts'
import type { SlabPoolOptions } from './slab-pool.ts'
import type { Stage } from './stage/stage.ts'

export interface PipelineOptions {
  /** Folder of the journal; held by a lock while the pipeline runs. */
  readonly folder: string
  readonly rules: RuleSource
  readonly sink: AlertSink
  readonly stages?: readonly Stage[]
  /** Detection threads; 2 where left out. */
  readonly threads?: number
  readonly memory?: SlabPoolOptions
  readonly segmentBytes?: number
  /** Milliseconds between checkpoints of the stages; 30,000 where left out. */
  readonly checkpointMs?: number
  /** Milliseconds between looks whether a stage waits for time to pass; where left out, only lines move time on. */
  readonly beatMs?: number
  /** Milliseconds since 1970. */
  readonly now?: () => number
}
