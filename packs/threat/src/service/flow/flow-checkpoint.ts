import type { Store } from '@dengta/store'
import type { StageCheckpoint } from '../../pipeline/sink/alert-sink.ts'
import { loadCheckpointFile } from '../../pipeline/sink/checkpoint-file.ts'
import type { ThreatTables } from '../tables.ts'
import { earlierCheckpoint } from './earlier-steps.ts'
import { stepFolder } from './flow-folder.ts'

/** What the stages of a flow last saved, running or over; throws `threat_pipeline.checkpoint_damaged`. */
export async function flowCheckpoint(store: Store, flow: string): Promise<StageCheckpoint | undefined> {
  const kept = await loadCheckpointFile(stepFolder(store.home, flow))
  return kept ?? earlierCheckpoint(store.db<ThreatTables>(), flow)
}
