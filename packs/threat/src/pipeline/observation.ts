import { type Batch, placeOf } from './batch.ts'
import type { DetectedObservation } from './detector/detector-protocol.ts'

/** What a stage of the house needs of an event that is no alert: it is stored for the stages, and counts as none. */
export interface Observation {
  /** Stream, 1-based line in it, and number of the batch in the journal. */
  readonly file: string
  readonly line: number
  readonly sequence: number
  readonly receivedMs: number
  /** What the observer of the detectors saw, JSON. */
  readonly seen: unknown
}

export function observationOf({ line, seen }: DetectedObservation, batch: Batch): Observation {
  const { sequence, receivedMs, parts } = batch
  const place = placeOf(parts, line)
  return { file: place.stream, line: place.line, sequence, receivedMs, seen }
}
