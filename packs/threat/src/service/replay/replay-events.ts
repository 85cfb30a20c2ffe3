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

/** What event files led to, before what waited for later events was concluded. */
export interface EventsThrough {
  readonly events: number
  readonly alerts: number
  /** The last step that their lines led to. */
  readonly position: number
}

/** Sends event files through detection, correlation and triage; answers how many events came and how many alerts they led to. */
export async function replayEvents(context: ThreatContext, replay: EventReplay): Promise<EventsThrough> {
  const { path, options } = filesOf(context, replay)
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
  const { accepted, alerts } = pipeline.status().totals
  const sink = await SqlAlertSink.open(context.store, { flow: replay.flow })
  await sink.close()
  return { events: accepted, alerts, position: sink.position }
}

function filesOf({ settings }: ThreatContext, replay: EventReplay) {
  const recorded = join(settings.dataFolder, RECORDED)
  const isReal = !replay.sample && existsSync(recorded)
  const options: FlowOptions = { ...replay, rules: isReal ? replay.rules : sampleRules(), network: 'events' }
  return { path: isReal ? recorded : join(houseRoot(), 'packs/threat/sample/events.ndjson'), options }
}

/**
 * The log has ended: whatever waits for later events is concluded now. The journal knows nothing of this step, so the flow
 * cannot be opened any more; called again after a crash it finds what was stored and stores the rest.
 */
export async function concludeEvents(
  context: ThreatContext,
  replay: EventReplay,
  { position }: EventsThrough,
): Promise<void> {
  const { store, clock } = context
  const { options } = filesOf(context, replay)
  const { flow, webhooks } = options
  const { stages, silent } = await stagesOf(options)
  const project = projectStep({ flow, silent, now: () => clock.now(), endpoints: () => webhooks.endpoints() })
  const sink = await SqlAlertSink.open(store, { flow, project })
  try {
    const ending = { after: position, timeMs: clock.now().getTime() }
    await finishFlow(await restoredChain(stages, sink, position), sink, ending)
  } finally {
    await sink.close()
  }
}
