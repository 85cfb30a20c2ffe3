import type { AlertSink } from '../../pipeline/sink/alert-sink.ts'
import type { Stage } from '../../pipeline/stage/stage.ts'
import { StageChain } from '../../pipeline/stage/stage-chain.ts'
import { inTurns } from '../../pipeline/turns.ts'

/** A chain as it stood at a step, the sink's last where none is named: the last checkpoint, and the stored alerts since. */
export async function restoredChain(
  stages: readonly Stage[],
  sink: AlertSink,
  until: number = sink.position,
): Promise<StageChain> {
  const chain = new StageChain(stages)
  const checkpoint = await sink.loadCheckpoint()
  if (checkpoint) chain.restore(checkpoint.state)
  for await (const { position, alerts, timeMs, observations } of sink.replay(checkpoint?.position ?? 0))
    if (position <= until) await chain.push(alerts, timeMs, observations)
  return chain
}

export interface Ending {
  /** The last step before the end, and so the one at which the chain stands. */
  readonly after: number
  readonly timeMs: number
}

/** Ends a flow that gets no more: whatever waits for later alerts is concluded now, and stored where it is not yet. */
export async function finishFlow(chain: StageChain, sink: AlertSink, { after, timeMs }: Ending): Promise<void> {
  const findings = await chain.push([], Number.POSITIVE_INFINITY)
  await sink.append({ position: after + 1, timeMs, alerts: [], findings })
  const frozen = await inTurns(chain.freeze())
  const state = frozen && (await inTurns(frozen))
  if (state) await sink.saveCheckpoint({ position: sink.position, state })
}
