import type { FlowQuery, FlowView } from '@dengta/sdk'
import type { RuleSource } from '../../pipeline/detector/detector-protocol.ts'
import type { IncidentDesk } from '../incident/incident-desk.ts'
import type { KnownModel, ModelService } from '../model/model-service.ts'
import type { MeteredFlow } from '../rule/cost-desk.ts'
import type { RuleBook } from '../rule/rule-book.ts'
import type { ThreatContext } from '../threat-context.ts'
import { sealDecisions } from '../triage/seal-decisions.ts'
import type { TriageDesk } from '../triage/triage-desk.ts'
import type { WebhookDesk } from '../webhook/webhook-desk.ts'
import { flowViewOf, idleFlow, LIVE, listenersOf, OFF, type OpenFlow, openFlow } from './live-flow.ts'

export interface FlowDesk extends MeteredFlow {
  /** Opens the configured listeners; without any, does nothing. Resolves when events are taken in. */
  start(): Promise<void>
  view(query: FlowQuery): Promise<FlowView>
  know(model: KnownModel): void
  /** Swaps the rules of the running flow without a gap. */
  reload(rules: RuleSource): Promise<void>
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

export function flowDesk(parts: Parts): FlowDesk {
  const sources = listenersOf(parts)
  let open: OpenFlow | undefined
  let failure: string | undefined
  let sealing: NodeJS.Timeout | undefined
  const figures = async () => ({ incidents: await parts.incidents.counts(), waiting: await parts.triage.waiting() })
  return {
    start: async () => {
      if (sources.length === 0) return
      try {
        const { models, rules, webhooks } = parts
        open = await openFlow(parts, {
          flow: LIVE,
          network: LIVE,
          model: await models.live(),
          rules: rules.chosen,
          webhooks,
        })
        for (const source of sources) await open.pipeline.addSource(source)
        sealing = setInterval(
          () => void sealDecisions(parts, LIVE).catch((error) => parts.warn(String(error))),
          SEAL_MS,
        ).unref()
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error)
        throw error
      }
    },
    view: async ({ since = 0 }) => {
      if (open)
        return flowViewOf(open.pipeline.status(), { text: RUNNING, since, now: parts.clock.now() }, await figures())
      if (failure !== undefined)
        return { ...idleFlow('off', { en: failure, zh: failure }, await figures()), state: 'failing' }
      return idleFlow(sources.length === 0 ? 'off' : 'starting', sources.length === 0 ? OFF : STARTING, await figures())
    },
    know: ({ version, knowledge }) => open?.triage.know(version.id, knowledge),
    reload: async (rules) => {
      await open?.pipeline.reload(rules)
    },
    ruleCosts: async () => open?.pipeline.ruleCosts(),
    liftQuarantine: async (rule) => open?.pipeline.liftQuarantine(rule),
    stop: async () => {
      clearInterval(sealing)
      const running = open
      open = undefined
      await running?.pipeline.stop()
      if (running) await sealDecisions(parts, LIVE)
    },
  }
}

const RUNNING = { en: 'events are taken in', zh: '正在接收事件' }
const STARTING = { en: 'rules are being loaded', zh: '正在加载规则' }
