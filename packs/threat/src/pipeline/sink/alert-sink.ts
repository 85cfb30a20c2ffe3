import type { Observation } from '../observation.ts'
import type { PipelineAlert } from '../pipeline-alert.ts'
import type { StageFinding } from '../stage/stage.ts'

/** Everything that some batches led to. Stored whole or not at all. */
export interface SinkStep {
  /** The last batch of the step: all up to it are processed. */
  readonly position: number
  /** The time that the stages were told, milliseconds since 1970. */
  readonly timeMs: number
  readonly alerts: readonly PipelineAlert[]
  readonly findings: readonly StageFinding[]
  /** What the stages saw beside the alerts. */
  readonly observations?: readonly Observation[]
}

/** State of the stages as it was behind a step. */
export interface StageCheckpoint {
  readonly position: number
  readonly state: Uint8Array
}

/**
 * Where alerts are kept. Alerts and position are stored in one transaction: that, and nothing else, is why no alert is
 * lost and none comes twice. `alert-sink.contract.ts` holds every implementation to it.
 */
export interface AlertSink {
  /** The last step stored, 0 if none. */
  readonly position: number
  /** Resolves when the step is durable. A step at or before `position` is stored already and changes nothing. */
  append(step: SinkStep): Promise<void>
  /** The stored steps behind a position, in order. */
  replay(after: number): AsyncIterable<SinkStep>
  /** The state comes in pieces, to be kept joined. May run beside `append`. */
  saveCheckpoint(checkpoint: { readonly position: number; readonly state: readonly Uint8Array[] }): Promise<void>
  loadCheckpoint(): Promise<StageCheckpoint | undefined>
  close(): Promise<void>
}
