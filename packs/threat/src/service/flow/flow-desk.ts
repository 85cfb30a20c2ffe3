import { HOUSE, type Text } from '@dengta/kernel'
import type { FlowQuery, FlowView } from '@dengta/sdk'
import type { EventSource } from '../../ingest/source.ts'
import type { RuleSource } from '../../pipeline/detector/detector-protocol.ts'
import { audit } from '../audit.ts'
import type { IncidentDesk } from '../incident/incident-desk.ts'
import type { KnownModel, ModelService } from '../model/model-service.ts'
import type { MeteredFlow } from '../rule/cost-desk.ts'
import { QuarantineWatch } from '../rule/quarantine-watch.ts'
import type { RuleBook } from '../rule/rule-book.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { sealDecisions } from '../triage/seal-decisions.ts'
import type { TriageDesk } from '../triage/triage-desk.ts'
import type { WebhookDesk } from '../webhook/webhook-desk.ts'
import { correlationRules } from './correlation-rules.ts'
import { flowFolder } from './flow-folder.ts'
import { flowNotices } from './flow-notices.ts'
import { KeptSource, type SourcePlan } from './kept-source.ts'
import { type FlowSight, flowViewOf, idleFlow, LIVE, OFF, type OpenFlow, openFlow } from './live-flow.ts'
import { openText, sourcesOf, unopened } from './live-sources.ts'

export interface FlowDesk extends MeteredFlow {
  /**
   * Opens the configured sources, each by itself, and answers where they are and which are not open; without any, or
   * where `stop` comes first, undefined. Throws `threat.flow_held`, `threat.unopened`, and what the rules throw.
   */
  start(): Promise<Text | undefined>
  view(query: FlowQuery): Promise<FlowView>
  /** Decides by this model from now on. */
  know(model: KnownModel): void
  /** Swaps the rules of the flow without a gap; one that still loads is waited for. */
  reload(rules: RuleSource): Promise<void>
  /** Waits for a start under way; nothing is open afterwards. */
  stop(): Promise<void>
}

type Parts = ThreatContext & {
  readonly models: ModelService
  readonly rules: RuleBook
  readonly webhooks: WebhookDesk
  readonly triage: TriageDesk
  readonly incidents: IncidentDesk
}

const SEAL_MS = 60_000
/** Milliseconds between looks for rules in quarantine. */
const QUARANTINE_MS = 5000

export function flowDesk(parts: Parts): FlowDesk {
  const sources = sourcesOf(parts.settings)
  let open: LiveFlow | undefined
  let failure: Text | undefined
  let starting: Promise<Text | undefined> | undefined
  let isStopping = false
  let timers: NodeJS.Timeout[] = []
  const figures = async () => ({ incidents: await parts.incidents.counts(), waiting: await parts.triage.waiting() })
  const begin = async () => {
    try {
      open = await openWith(parts, sources, () => isStopping)
      await Promise.all(open?.sources.map((source) => source.open()) ?? [])
    } catch (error) {
      const why = unopened(error, flowFolder(parts.store.home, LIVE))
      failure = why.text
      throw why
    }
    if (!open) return undefined
    const seal = () => void sealDecisions(parts, LIVE).catch((error) => parts.warn(String(error)))
    const watch = quarantineWatch(parts, () => open)
    const look = () => void watch.look().catch((error) => parts.warn(String(error)))
    timers = [setInterval(seal, SEAL_MS).unref(), setInterval(look, QUARANTINE_MS).unref()]
    return openText(statusOf(open))
  }
  /** What is told to a flow that is still loading reaches it once it is open. */
  const opened = async (): Promise<LiveFlow | undefined> => {
    await starting?.catch(() => undefined) // whoever started was told
    return open
  }
  return {
    start: async () => {
      if (sources.length === 0 || isStopping) return undefined
      starting ??= begin()
      return starting
    },
    view: async ({ since = 0 }) => {
      if (open) return flowViewOf(open.pipeline.status(), sightOf(open, since, parts.clock.now()), await figures())
      if (failure !== undefined) return idleFlow('unopened', failure, await figures())
      return idleFlow(sources.length === 0 ? 'off' : 'starting', sources.length === 0 ? OFF : STARTING, await figures())
    },
    know: ({ version, knowledge }) => void opened().then((flow) => flow?.triage.know(version.id, knowledge)),
    reload: async (rules) => {
      const flow = await opened()
      if (flow) await swapRules(flow, rules)
    },
    ruleCosts: async () => open?.pipeline.ruleCosts(),
    liftQuarantine: async (rule) => open?.pipeline.liftQuarantine(rule),
    stop: async () => {
      isStopping = true
      const running = await opened()
      for (const timer of timers) clearInterval(timer)
      open = undefined
      await Promise.all(running?.sources.map((source) => source.stop()) ?? [])
      await running?.pipeline.stop()
      if (running) await sealDecisions(parts, LIVE)
    },
  }
}

/** What cannot be correlated is refused before the detectors have it. */
async function swapRules({ pipeline, know }: LiveFlow, rules: RuleSource): Promise<void> {
  const correlated = await correlationRules(rules)
  await pipeline.reload(rules)
  know(correlated)
}

/** A line in the server's log and an act of the house in the audit trail. */
function quarantineWatch({ store, clock, warn }: Parts, open: () => LiveFlow | undefined): QuarantineWatch {
  return new QuarantineWatch({
    costs: async () => open()?.pipeline.ruleCosts(),
    told: async (rule, { en }) => {
      warn(`the rule ${rule} is in quarantine: ${en}`)
      const act = { at: clock.now(), actor: HOUSE, action: 'rule.quarantine', target: rule, detail: en }
      await audit(store.db<ThreatTables>(), act)
    },
  })
}

interface LiveFlow extends OpenFlow {
  readonly sources: readonly KeptSource[]
}

const statusOf = ({ sources }: LiveFlow) => sources.map((source) => source.status())

function sightOf(flow: LiveFlow, since: number, now: Date): FlowSight {
  return { text: RUNNING, since, now, sources: statusOf(flow), notices: flow.clock.notices() }
}

/** The flow with its sources, none of them open yet; undefined where the house stops meanwhile. */
async function openWith(parts: Parts, plans: readonly SourcePlan[], isOver: () => boolean) {
  const { models, rules, webhooks, settings, warn } = parts
  const model = await models.live()
  const ahead = settings.aheadMs === undefined ? {} : { aheadMs: settings.aheadMs }
  const chosen = { model, rules: rules.chosen, webhooks, ...ahead }
  const flow = await openFlow(parts, { flow: LIVE, network: LIVE, live: true, ...chosen })
  if (isOver()) {
    await flow.pipeline.stop()
    return undefined
  }
  for (const { text } of flowNotices(flow.pipeline.status())) warn(text.en)
  const add = (source: EventSource) => flow.pipeline.addSource(source)
  return { ...flow, sources: plans.map((plan) => new KeptSource(plan, { add, warn })) }
}

const RUNNING = { en: 'events are taken in', zh: '正在接收事件' }
const STARTING = { en: 'rules are being loaded', zh: '正在加载规则' }
