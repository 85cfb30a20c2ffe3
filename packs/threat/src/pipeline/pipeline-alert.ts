import type { Alert } from '../detect/alert.ts'
import { type Batch, placeOf } from './batch.ts'
import type { DetectedAlert } from './detector/detector-protocol.ts'
import type { EventEntities } from './event-entities.ts'

/** An alert of the running pipeline. `file` is the stream and `line` the 1-based line in it. */
export interface PipelineAlert extends Alert {
  /** The same however often the event is evaluated. */
  readonly id: string
  /** Number of the batch in the journal. */
  readonly sequence: number
  readonly receivedMs: number
  /** Time of the event, or of its receipt where it carries none; milliseconds since 1970. */
  readonly eventMs: number
  /** Read through the mapping of the event; without them the names of the event itself are looked at. */
  readonly entities?: EventEntities
  readonly event: unknown
}

export function pipelineAlertOf({ line, eventMs, ...found }: DetectedAlert, batch: Batch): PipelineAlert {
  const { sequence, receivedMs, parts } = batch
  const place = placeOf(parts, line)
  const when = { receivedMs, eventMs: eventMs ?? receivedMs }
  return { ...found, ...when, sequence, file: place.stream, line: place.line }
}
