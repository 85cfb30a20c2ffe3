import type { Batch } from './batch.ts'
import type { BatchResult, DetectedAlert, DetectedObservation, Packed } from './detector/detector-protocol.ts'
import { unpacked } from './detector/packed.ts'
import { type Observation, observationOf } from './observation.ts'
import { type PipelineAlert, pipelineAlertOf } from './pipeline-alert.ts'
import { Turns } from './turns.ts'

/** A batch with what detectors found in it; undefined where none survived it. */
interface EvaluatedBatch {
  readonly batch: Batch
  readonly result: BatchResult | undefined
}

/** Alerts, observations and faulty lines. */
export function foundIn(result: BatchResult | undefined): number {
  return result ? result.alerts.count + result.observations.count + result.faulty.length : 0
}

export const alertsOf = (ready: readonly EvaluatedBatch[]): Promise<PipelineAlert[]> =>
  itemsOf<DetectedAlert, PipelineAlert>(ready, { of: ({ alerts }) => alerts, placed: pipelineAlertOf })

export const observationsOf = (ready: readonly EvaluatedBatch[]): Promise<Observation[]> =>
  itemsOf<DetectedObservation, Observation>(ready, { of: ({ observations }) => observations, placed: observationOf })

interface Items<Detected, Placed> {
  readonly of: (result: BatchResult) => Packed
  readonly placed: (item: Detected, batch: Batch) => Placed
}

/** In turns: a step may have many thousand. */
async function itemsOf<Detected, Placed>(
  ready: readonly EvaluatedBatch[],
  { of, placed }: Items<Detected, Placed>,
): Promise<Placed[]> {
  const items: Placed[] = []
  const turns = new Turns()
  for (const { batch, result } of ready) {
    for (const piece of result ? of(result).pieces : []) {
      if (turns.areOver) await turns.next()
      for (const item of unpacked<Detected>(piece)) items.push(placed(item, batch))
    }
  }
  return items
}
