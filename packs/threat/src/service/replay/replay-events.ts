import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { FolderSource } from '../../ingest/folder-source.ts'
import { finishFlow, restoredChain } from '../flow/finish-flow.ts'
import { type FlowOptions, openFlow, stagesOf } from '../flow/live-flow.ts'
import { projectStep } from '../flow/project-step.ts'
import { SqlAlertSink } from '../flow/sql-alert-sink.ts'
import { sampleRules } from '../rule/rule-source.ts'
import type { ThreatContext } from '../threat-context.ts'

/** Recorded events of the data folder; small enough for a demonstration, rich in rules. */
const RECORDED = 'threat/events/windows-process-creation-1959.ndjson.br'

export interface EventReplay extends Omit<FlowOptions, 'network'> {
  /** Events of our own making, even where recorded ones are there. */
  readonly sample: boolean
  readonly progress: (events: number) => void
  readonly pause: (milliseconds: number) => Promise<void>
}

/** Sends event files through detection, correlation and triage; answers how many events came and how many alerts they led to. */
export async function replayEvents(
  context: ThreatContext,
  replay: EventReplay,
): Promise<{ events: number; alerts: number }> {
  const recorded = join(context.settings.dataFolder, RECORDED)
  const isReal = !replay.sample && existsSync(recorded)
  const rules = isReal ? replay.rules : sampleRules()
  const path = isReal ? recorded : join(houseRoot(), 'packs/threat/sample/events.ndjson')
  const options = { ...replay, rules, network: 'events' }
  const { pipeline } = await openFlow(context, options)
  const source = new FolderSource({ path })
  try {
    await pipeline.addSource(source)
    let isRead = false
    const reading = source.finished.finally(() => {
      isRead = true
    })
    while (!isRead || pipeline.status().lagMs > 0) {
      replay.progress(pipeline.status().totals.evaluated)
      await replay.pause(50)
    }
    await reading
  } finally {
    await pipeline.stop()
  }
  await conclude(context, options)
  const { accepted, alerts } = pipeline.status().totals
  return { events: accepted, alerts }
}

/** The log has ended: whatever waits for later events is concluded now. */
async function conclude(context: ThreatContext, options: FlowOptions): Promise<void> {
  const { store, clock } = context
  const { flow, webhooks } = options
  const { stages, silent } = await stagesOf(options)
  const project = projectStep({ flow, silent, now: () => clock.now(), endpoints: () => webhooks.endpoints() })
  const sink = await SqlAlertSink.open(store, { flow, project })
  try {
    await finishFlow(await restoredChain(stages, sink), sink, clock.now().getTime())
  } finally {
    await sink.close()
  }
}
