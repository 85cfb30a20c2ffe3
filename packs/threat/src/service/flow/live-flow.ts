import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Text } from '@dengta/kernel'
import type { FlowQuery, FlowView } from '@dengta/sdk'
import { readCorrelations } from '../../correlate/correlation-set.ts'
import { standingOf } from '../../correlate/generating.ts'
import { DNS_QUERY_RULES } from '../../dns-volume/dns-query-rules.ts'
import { DnsVolumeStage } from '../../dns-volume/dns-volume-stage.ts'
import { randomKey } from '../../dns-volume/keyed-hash.ts'
import { loadMappings } from '../../normalise/mapping-files.ts'
import type { RuleSource } from '../../pipeline/detector/detector-protocol.ts'
import { Pipeline } from '../../pipeline/pipeline.ts'
import type { PipelineStatus } from '../../pipeline/pipeline-status.ts'
import type { Stage } from '../../pipeline/stage/stage.ts'
import { loadRules } from '../../rule/load-rules.ts'
import { readRuleFiles } from '../../rule/rule-files.ts'
import type { KnownModel } from '../model/model-service.ts'
import type { ChosenRules } from '../rule/rule-source.ts'
import type { ThreatContext } from '../threat-context.ts'
import { TriageStage } from '../triage/triage-stage.ts'
import type { WebhookDesk } from '../webhook/webhook-desk.ts'
import { CorrelationStage } from './correlation-stage.ts'
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
}

/** Milliseconds between looks whether time alone would conclude something. */
const BEAT_MS = 5000

export interface OpenFlow {
  readonly pipeline: Pipeline
  readonly triage: TriageStage
  /** Ids of rules that alert only through correlations. */
  readonly silent: ReadonlySet<string>
}

export const flowFolder = (home: string, flow: string): string => join(home, 'threat', flow)

/** A pipeline into the database of the house: detection, correlation where the rules have any, triage, projection. */
export async function openFlow(context: ThreatContext, options: FlowOptions): Promise<OpenFlow> {
  const { store, clock } = context
  const { flow, rules, webhooks, live } = options
  const { stages, triage, silent } = await stagesOf(options)
  await webhooks.refresh()
  const project = projectStep({ flow, silent, now: () => clock.now(), endpoints: () => webhooks.endpoints() })
  const sink = await SqlAlertSink.open(store, { flow, project })
  const folder = flowFolder(store.home, flow)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const beat = live ? { beatMs: BEAT_MS } : {}
  const pipeline = await Pipeline.start({ folder, rules: rules.source, sink, stages, ...beat })
  return { pipeline, triage, silent }
}

/** What leaves in DNS names, correlation where the rules have any, then triage, as new. */
export async function stagesOf(options: Pick<FlowOptions, 'network' | 'model' | 'rules' | 'live'>) {
  const { network, model, rules, live = false } = options
  const { stages, silent: correlated } = await correlation(rules.source, live)
  const silent = new Set([...correlated, ...DNS_QUERY_RULES])
  const volume = new DnsVolumeStage({ key: randomKey(), formats: await loadMappings(rules.source.mappings) })
  const triage = new TriageStage({ network, model: model.version.id, knowledge: model.knowledge, silent, live })
  return { stages: [volume, ...stages, triage], triage, silent }
}

/** The rules are read here a second time only where one of them is a correlation. */
async function correlation(
  source: RuleSource,
  live: boolean,
): Promise<{ stages: readonly Stage[]; silent: ReadonlySet<string> }> {
  const files = await readRuleFiles(source.path, source.under)
  if (!files.some(({ text }) => /^correlation:/m.test(text))) return { stages: [], silent: new Set() }
  const set = readCorrelations(loadRules(files, source))
  const standing = standingOf(set).rules
  const silent = new Set(set.rules.filter((_, place) => !standing[place]).map(({ id }) => id))
  return { stages: [new CorrelationStage(set, { formats: await loadMappings(source.mappings), live })], silent }
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
      stageFaults: [],
      seconds: [],
    },
  }
}

const RATE_SECONDS = 10

export function flowViewOf(
  status: PipelineStatus,
  { text, since = 0, now }: Pick<FlowQuery, 'since'> & { text: Text; now: Date },
  figures: FlowFigures,
): FlowView {
  const second = Math.floor(now.getTime() / 1000)
  const recent = status.seconds.filter((each) => each.second < second && each.second >= second - RATE_SECONDS)
  const rate = (of: 'accepted' | 'alerts' | 'bytes') => recent.reduce((sum, each) => sum + each[of], 0) / RATE_SECONDS
  const failing = status.sink.failing ?? status.journal.failing
  return {
    ...{
      state: failing === undefined ? 'running' : 'failing',
      text: failing === undefined ? text : { en: failing, zh: failing },
    },
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
    sources: status.sources.map((source) => ({ ...source, faults: { ...source.faults } })),
    stageFaults: Object.entries(status.stageFaults).map(([stage, { count, last }]) => ({ stage, count, last })),
    seconds: status.seconds.filter((each) => each.second >= since).map((each) => ({ ...each })),
  }
}
