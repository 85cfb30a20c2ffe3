import type { AlertSink } from '../../pipeline/sink/alert-sink.ts'
import type { Stage } from '../../pipeline/stage/stage.ts'
import { StageChain } from '../../pipeline/stage/stage-chain.ts'
import { inTurns } from '../../pipeline/turns.ts'

/** A chain as it stood at the sink's position: the last checkpoint, and the stored alerts since. */
export async function restoredChain(stages: readonly Stage[], sink: AlertSink): Promise<StageChain> {
  const chain = new StageChain(stages)
  const checkpoint = await sink.loadCheckpoint()
  if (checkpoint) chain.restore(checkpoint.state)
  for await (const { alerts, timeMs, observations } of sink.replay(checkpoint?.position ?? 0))
    await chain.push(alerts, timeMs, observations)
  return chain
}

/** Ends a flow that gets no more: whatever waits for later alerts is concluded now, and stored. */
export async function finishFlow(chain: StageChain, sink: AlertSink, timeMs: number): Promise<void> {
  const findings = await chain.push([], Number.POSITIVE_INFINITY)
  await sink.append({ position: sink.position + 1, timeMs, alerts: [], findings })
  const frozen = await inTurns(chain.freeze())
  const state = frozen && (await inTurns(frozen))
  if (state) await sink.saveCheckpoint({ position: sink.position, state })
}
