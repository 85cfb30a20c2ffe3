import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { HomeLock } from '@dengta/store'
import { DetectorPool } from './detector/detector-pool.ts'
import { Journal } from './journal/journal.ts'
import type { PipelineOptions } from './pipeline-options.ts'
import type { AlertSink } from './sink/alert-sink.ts'
import { SLAB_POOL, SlabPool } from './slab-pool.ts'
import { StageChain } from './stage/stage-chain.ts'

/** What a pipeline consists of beside its sources and its sink. */
export interface PipelineParts {
  readonly lock: HomeLock
  readonly journal: Journal
  readonly detectors: DetectorPool
  readonly stages: StageChain
  readonly pool: SlabPool
}

/** Throws `threat_pipeline.rules_refused`, `.journal_damaged` or `.sink_ahead`, and leaves nothing open. */
export async function openParts(options: PipelineOptions, lock: HomeLock): Promise<PipelineParts> {
  const { folder, rules, sink, threads = 2, memory = SLAB_POOL, segmentBytes } = options
  const processed = sink.position
  const segment = segmentBytes === undefined ? {} : { segmentBytes }
  const journal = await Journal.open({ folder: join(folder, 'journal'), processed, newId: randomUUID(), ...segment })
  const stages = new StageChain(options.stages ?? [])
  await restoreStages(stages, sink)
  const pool = new SlabPool(memory)
  const detectors = await DetectorPool.start({ rules, threads, memory: pool.memory, journal: journal.id })
  return { lock, journal, detectors, stages, pool }
}

/** The last checkpoint, and the stored alerts since; what the stages conclude from those is stored already. */
async function restoreStages(stages: StageChain, sink: AlertSink): Promise<void> {
  const checkpoint = await sink.loadCheckpoint()
  if (checkpoint) stages.restore(checkpoint.state)
  for await (const { alerts, timeMs, observations } of sink.replay(checkpoint?.position ?? 0))
    await stages.push(alerts, timeMs, observations)
}
