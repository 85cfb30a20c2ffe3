import type { Clock } from '@dengta/kernel'
import { Grouper } from '../../group/grouper.ts'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'
import type { AlertSink } from '../../pipeline/sink/alert-sink.ts'
import { inTurns, Turns } from '../../pipeline/turns.ts'
import { detectorTag } from '../../triage/detector-tag.ts'
import { finishFlow, restoredChain } from '../flow/finish-flow.ts'
import { projectStep } from '../flow/project-step.ts'
import { SqlAlertSink } from '../flow/sql-alert-sink.ts'
import type { KnownModel } from '../model/model-service.ts'
import type { ThreatContext } from '../threat-context.ts'
import { TriageStage } from '../triage/triage-stage.ts'
import type { WebhookDesk } from '../webhook/webhook-desk.ts'
import { GroupTruth, type LabelledAlert } from './labelled-stream.ts'
import { describeSource, type NetworkSource, openAlerts } from './networks.ts'

export interface AlertReplay {
  readonly flow: string
  readonly network: string
  readonly source: NetworkSource
  readonly model: KnownModel
  /** So many times faster than it happened; 0: as fast as possible. */
  readonly speed: number
  readonly webhooks: WebhookDesk
  readonly pause: (milliseconds: number) => Promise<void>
  /** Alerts pushed so far. */
  readonly progress: (alerts: number) => void
}

/** Alerts of one step, and steps of one checkpoint. */
const STEP = 1000
const CHECKPOINT = 20
const TURN_MS = 500

/**
 * Sends a labelled network through triage into the database, at the chosen speed. Labels go nowhere near the model: they are
 * gathered beside it, by number of the group. After a crash it goes on behind the last stored step.
 */
export async function replayAlerts(
  context: ThreatContext,
  replay: AlertReplay,
): Promise<ReadonlyMap<number, GroupTruth>> {
  const { flow, webhooks } = replay
  const { store, clock } = context
  const project = projectStep({ flow, now: () => clock.now(), endpoints: () => webhooks.endpoints() })
  const sink = await SqlAlertSink.open(store, { flow, project })
  try {
    return await replayInto(sink, replay, clock)
  } finally {
    await sink.close()
  }
}

async function replayInto(
  sink: AlertSink,
  replay: AlertReplay,
  clock: Clock,
): Promise<ReadonlyMap<number, GroupTruth>> {
  const { network, model, source } = replay
  const stage = new TriageStage({ network, model: model.version.id, knowledge: model.knowledge })
  const chain = await restoredChain([stage], sink)
  const truths = new Map<number, GroupTruth>()
  const grouper = new Grouper()
  const pace = paceOf(replay)
  let batch: PipelineAlert[] = []
  let position = 0
  let steps = 0
  const push = async () => {
    const timeMs = clock.now().getTime()
    await sink.append({ position, timeMs, alerts: batch, findings: await chain.push(batch, timeMs) })
    batch = []
    replay.progress(position)
    steps += 1
    const frozen = steps % CHECKPOINT === 0 ? await inTurns(chain.freeze()) : undefined
    const state = frozen && (await inTurns(frozen))
    if (state) await sink.saveCheckpoint({ position, state })
    await replay.pause(0)
  }
  const stored = sink.position
  const turns = new Turns()
  for (const labelled of await openAlerts(source, network)) {
    const { number } = grouper.add(labelled.alert).group
    const truth = truths.get(number) ?? new GroupTruth()
    truth.count(labelled)
    truths.set(number, truth)
    position += 1
    if (position <= stored) {
      if (turns.areOver) await turns.next()
      continue
    }
    if (batch.length > 0 && (batch.length >= STEP || pace.isAhead(labelled.alert.time))) await push()
    await pace.wait(labelled.alert.time)
    batch.push(alertOf(labelled, { source, position, receivedMs: clock.now().getTime() }))
  }
  if (batch.length > 0) await push()
  if (position + 1 >= stored) await finishFlow(chain, sink, { after: position, timeMs: clock.now().getTime() })
  return truths
}

/** Holds events back until their time has come at this speed. */
function paceOf({ speed, pause }: AlertReplay) {
  const begun = performance.now()
  let first: number | undefined
  const early = (time: number): number => {
    first ??= time
    return speed === 0 ? 0 : (time - first) / speed - (performance.now() - begun)
  }
  return {
    isAhead: (time: number) => early(time) > TURN_MS,
    wait: async (time: number) => {
      for (let left = early(time); left > TURN_MS; left = early(time)) await pause(Math.min(left, TURN_MS))
    },
  }
}

interface Arrival {
  readonly source: NetworkSource
  readonly position: number
  readonly receivedMs: number
}

function alertOf({ alert }: LabelledAlert, { source, position, receivedMs }: Arrival): PipelineAlert {
  const { id, signature, level, detector, techniques, time, host, addresses } = alert
  const { author, licence } = describeSource(source)
  const tags = [detectorTag(detector), ...techniques.map((each) => `attack.${each.toLowerCase()}`)]
  return {
    ...{
      id: `${source.kind}:${id}:${receivedMs}`,
      sequence: position,
      receivedMs,
      eventMs: time,
      file: source.kind,
      line: position,
    },
    rule: { id: signature, title: signature, level, version: '', author, licence, link: '', tags },
    ...{ logSource: {}, matched: [], event: { host, ip: addresses[0] ?? '' } },
  }
}
