import { fillText, type Text } from '@dengta/kernel'
import type { FlowQuery, FlowView } from '@dengta/sdk'
import { DNS_QUERY_RULES } from '../../dns-volume/dns-query-rules.ts'
import { DnsVolumeStage } from '../../dns-volume/dns-volume-stage.ts'
import { randomKey } from '../../dns-volume/keyed-hash.ts'
import { Pipeline } from '../../pipeline/pipeline.ts'
import type { PipelineStatus } from '../../pipeline/pipeline-status.ts'
import { AHEAD_MS } from '../../pipeline/stage/live-time.ts'
import type { KnownModel } from '../model/model-service.ts'
import type { ChosenRules } from '../rule/rule-source.ts'
import type { ThreatContext } from '../threat-context.ts'
import { TriageStage } from '../triage/triage-stage.ts'
import type { WebhookDesk } from '../webhook/webhook-desk.ts'
import { ClockStage } from './clock-stage.ts'
import { type CorrelationRules, correlationRules } from './correlation-rules.ts'
import { CorrelationStage } from './correlation-stage.ts'
import { flowFolder } from './flow-folder.ts'
import { flowNotices } from './flow-notices.ts'
import { failedText } from './live-sources.ts'
import { projectStep } from './project-step.ts'
import { SqlAlertSink } from './sql-alert-sink.ts'

export const LIVE = 'live'

/** What differs between the live flow and a replay of event files. */
export interface FlowOptions {
  /** Name of the flow in the database, and of its folder. */
  readonly flow: string
  readonly network: string
  readonly model: KnownModel
  readonly rules: ChosenRules
  readonly webhooks: WebhookDesk
  /** Whether time passes also where nothing comes, as it does for people and not for a log. */
  readonly live?: boolean
  /** Live, how far, in milliseconds, the time of an event may lie ahead of its receipt; 300,000 where left out. */
  readonly aheadMs?: number
}

/** Milliseconds between looks whether time alone would conclude something. */
const BEAT_MS = 5000

export interface OpenFlow {
  readonly pipeline: Pipeline
  readonly clock: ClockStage
  readonly triage: TriageStage
  /** Ids of rules that alert only through correlations. */
  readonly silent: ReadonlySet<string>
  /** Correlates by another rule set and its mappings from now on. */
  readonly know: (rules: CorrelationRules) => void
}

/** A pipeline into the database of the house: detection, correlation where the rules have any, triage, projection. */
export async function openFlow(context: ThreatContext, options: FlowOptions): Promise<OpenFlow> {
  const { store, clock } = context
  const { flow, rules, webhooks, live } = options
  const { stages, ...parts } = await stagesOf(options)
  const { silent } = parts
  await webhooks.refresh()
  const project = projectStep({ flow, silent, now: () => clock.now(), endpoints: () => webhooks.endpoints() })
  const sink = await SqlAlertSink.open(store, { flow, project })
  const folder = flowFolder(store.home, flow)
  const beat = live ? { beatMs: BEAT_MS } : {}
  try {
    return { pipeline: await Pipeline.start({ folder, rules: rules.source, sink, stages, ...beat }), ...parts }
  } catch (error) {
    await sink.close()
    throw error
  }
}

type StageOptions = Pick<FlowOptions, 'network' | 'model' | 'live' | 'aheadMs'>

/** Throws `threat_pipeline.rules_refused`. */
export async function stagesOf(options: StageOptions & Pick<FlowOptions, 'rules'>) {
  return madeStages(options, await correlationRules(options.rules.source))
}

/** A look at the clocks of senders, what leaves in DNS names, correlation, then triage, as new. `know` takes up another rule set. */
export function madeStages(options: StageOptions, { set, silent: correlated, formats }: CorrelationRules) {
  const { network, model, live = false, aheadMs = AHEAD_MS } = options
  const time = { live, aheadMs }
  const correlation = new CorrelationStage(set, { formats, ...time })
  const silent = new Set([...correlated, ...DNS_QUERY_RULES])
  const volume = new DnsVolumeStage({ key: randomKey(), formats })
  const triage = new TriageStage({ network, model: model.version.id, knowledge: model.knowledge, silent, ...time })
  const clock = new ClockStage(live ? aheadMs : Number.POSITIVE_INFINITY)
  const know = (next: CorrelationRules): void => {
    correlation.know(next.set, next.formats)
    silent.clear()
    for (const id of [...next.silent, ...DNS_QUERY_RULES]) silent.add(id)
  }
  return { stages: [clock, volume, correlation, triage], clock, triage, silent, know }
}

export const OFF: Text = {
  en: 'no source is set: set DENGTA_THREAT_HTTP_PORT, DENGTA_THREAT_TCP_PORT, DENGTA_THREAT_SYSLOG_PORT, DENGTA_THREAT_NATS or DENGTA_THREAT_FOLDER, or replay a log with dengta threat demo',
  zh: '未设置任何数据源：请设置 DENGTA_THREAT_HTTP_PORT、DENGTA_THREAT_TCP_PORT、DENGTA_THREAT_SYSLOG_PORT、DENGTA_THREAT_NATS 或 DENGTA_THREAT_FOLDER，或用 dengta threat demo 回放日志',
}

type FlowFigures = Pick<FlowView, 'incidents' | 'waiting'>

/** A flow that has not been started. */
export function idleFlow(state: 'off' | 'starting' | 'unopened', text: Text, figures: FlowFigures): FlowView {
  return {
    ...{ state, text, eventsPerSecond: 0, alertsPerSecond: 0, bytesPerSecond: 0, ...figures },
    totals: { accepted: 0, bytes: 0, evaluated: 0, unmapped: 0, unreadable: 0, unevaluated: 0, alerts: 0, findings: 0 },
    ...{
      lagMs: 0,
      latency: { p50: 0, p99: 0, max: 0 },
      memory: { totalBytes: 0, freeBytes: 0 },
      sources: [],
      notices: [],
      stageFaults: [],
      seconds: [],
    },
  }
}

const RATE_SECONDS = 10

/** What is seen of an open flow beside the status of its pipeline. */
export interface FlowSight extends Pick<FlowQuery, 'since'>, Pick<FlowView, 'sources' | 'notices'> {
  readonly text: Text
  readonly now: Date
}

export function flowViewOf(
  status: PipelineStatus,
  { text, since = 0, now, sources, notices }: FlowSight,
  figures: FlowFigures,
): FlowView {
  const second = Math.floor(now.getTime() / 1000)
  const recent = status.seconds.filter((each) => each.second < second && each.second >= second - RATE_SECONDS)
  const rate = (of: 'accepted' | 'alerts' | 'bytes') => recent.reduce((sum, each) => sum + each[of], 0) / RATE_SECONDS
  return {
    ...stateOf(status, sources, text),
    ...{
      eventsPerSecond: rate('accepted'),
      alertsPerSecond: rate('alerts'),
      bytesPerSecond: rate('bytes'),
      ...figures,
    },
    ...{
      totals: { ...status.totals },
      lagMs: status.lagMs,
      latency: { ...status.latency },
      memory: { ...status.memory },
    },
    ...{ sources, notices: [...flowNotices(status), ...notices] },
    stageFaults: Object.entries(status.stageFaults).map(([stage, { count, last }]) => ({ stage, count, last })),
    seconds: status.seconds.filter((each) => each.second >= since).map((each) => ({ ...each })),
  }
}

const FAILING: Text = {
  en: 'nothing can be stored at the moment, and it is tried again: {why}; senders wait, and nothing that was acknowledged is lost',
  zh: '暂时无法写入，正在重试：{why}；发送方等待中，已确认的数据不会丢失',
}

/** Open is a flow with any open source: without one it says why, as it does while nothing can be stored. */
function stateOf({ sink, journal }: PipelineStatus, sources: FlowView['sources'], text: Text) {
  const failing = sink.failing ?? journal.failing
  if (failing !== undefined) return { state: 'failing', text: fillText(FAILING, { why: failing }) } as const
  const failed = sources.every(({ state }) => state === 'failed') ? failedText(sources) : undefined
  return failed ? ({ state: 'unopened', text: failed } as const) : ({ state: 'running', text } as const)
}
