import { randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type Caller, definePlugin, type PluginParts, type Text } from '@dengta/kernel'
import { actuatorAdapters } from './respond/actuator-adapter.ts'
import { manualAdapter } from './respond/manual-adapter.ts'
import { actuatorDesk } from './service/actuator/actuator-desk.ts'
import { alertDesk } from './service/alert/alert-desk.ts'
import { findingDesk } from './service/alert/finding-desk.ts'
import { audit } from './service/audit.ts'
import { flowDesk } from './service/flow/flow-desk.ts'
import { incidentDesk } from './service/incident/incident-desk.ts'
import { threatMigrations } from './service/migrations.ts'
import { learner } from './service/model/learn-desk.ts'
import { modelService } from './service/model/model-service.ts'
import { playbookShelf } from './service/playbook/playbook-shelf.ts'
import { replayDesk } from './service/replay/replay-desk.ts'
import { replayExport } from './service/replay/replay-export.ts'
import { replayJob } from './service/replay/replay-job.ts'
import { sqlReplayStore } from './service/replay/replay-store.ts'
import { USUAL_RETENTION } from './service/retention/retention.ts'
import { startRetention } from './service/retention/retention-timer.ts'
import { actuatorRoutes } from './service/routes/actuator-routes.ts'
import { auditRoutes } from './service/routes/audit-routes.ts'
import { flowRoutes } from './service/routes/flow-routes.ts'
import { replayRoutes } from './service/routes/replay-routes.ts'
import { responseRoutes } from './service/routes/response-routes.ts'
import { ruleRoutes } from './service/routes/rule-routes.ts'
import { ticketRoutes, webhookRoutes } from './service/routes/ticket-routes.ts'
import { triageRoutes } from './service/routes/triage-routes.ts'
import { costDesk, type MeteredFlow } from './service/rule/cost-desk.ts'
import { explainDesk } from './service/rule/explain-desk.ts'
import { ruleBook } from './service/rule/rule-book.ts'
import { houseSimulator } from './service/run/house-simulator.ts'
import { runDesk } from './service/run/run-desk.ts'
import { secretFiles, secretPaths } from './service/run/secret-files.ts'
import type { ThreatContext } from './service/threat-context.ts'
import { ticketDesk } from './service/ticket/ticket-desk.ts'
import { openBatch } from './service/triage/open-batch.ts'
import { riskDesk } from './service/triage/risk-desk.ts'
import { triageDesk } from './service/triage/triage-desk.ts'
import { webhookDesk } from './service/webhook/webhook-desk.ts'

export interface ThreatParts extends PluginParts {
  /** Opens the configured sources, once the house serves; answers where events are taken in, or undefined where none are. */
  readonly open: () => Promise<Text | undefined>
  readonly close: () => Promise<void>
}

const DISPATCH_MS = 10_000

/** Detection, triage and response as rooms of the house. Rules and models are loaded when something first needs them. */
export const threatPlugin = definePlugin<ThreatContext, ThreatParts>({
  id: 'threat',
  migrations: threatMigrations,
  start: async (context) => {
    const { store, clock, settings } = context
    const pause = async (milliseconds: number): Promise<void> => void (await delay(milliseconds))
    const closing = new AbortController()
    /** Ends when the house does: a run that waits goes on with `resume`, and must not keep the process. */
    const pauseOfRun = async (milliseconds: number): Promise<void> =>
      void (await delay(milliseconds, undefined, { signal: closing.signal }))
    const secrets = secretFiles(store.home)
    const simulator = houseSimulator()
    const actuators = actuatorDesk(context)
    await actuators.refresh()
    const routed = { simulator, choices: actuators.choices, identities: secretPaths(store.home) }
    const adapters = [...actuatorAdapters(routed), manualAdapter]
    const shelf = playbookShelf({ store, clock, adapters })
    const runs = runDesk({ ...context, shelf, adapters, secrets, pause: pauseOfRun })
    const [alerts, incidents, triage] = [alertDesk(store), incidentDesk({ ...context, runs }), triageDesk(context)]
    const [models, tickets] = [modelService(context), ticketDesk(context)]
    const metered: MeteredFlow = {
      ruleCosts: () => flow.ruleCosts(),
      liftQuarantine: (rule) => flow.liftQuarantine(rule),
    }
    const costs = costDesk({ ...context, flow: metered })
    const rules = ruleBook({ ...context, alerts, costs })
    const webhooks = webhookDesk({ ...context, secrets, random: () => randomInt(2 ** 32) / 2 ** 32 })
    const risks = riskDesk({ store, models, ...(settings.retention && { retention: settings.retention }) })
    const flow = flowDesk({ ...context, models, rules, webhooks, triage, incidents })
    const [replays, steps] = [sqlReplayStore(store), new Map()]
    const learnModel = learner({ ...context, models })
    const learn = async (caller: Caller) => {
      flow.know(await learnModel(caller))
      return risks.risk({})
    }
    const reload = async (caller: Caller) => {
      await flow.reload(rules.chosen.source) // what the flow refuses is not in force, so the pages do not show it
      const view = await rules.reload()
      await audit(store.db(), { at: clock.now(), actor: caller.participant, action: 'rules.reload', target: view.hash })
      return view
    }
    const stops = new Map<string, string>()
    const desks = { runs, tickets, incidents, models, rules, risks, webhooks }
    const replaying = { ...context, ...desks, replays, steps, stops, pause }
    const dispatching = setInterval(
      () => void webhooks.dispatch().catch((error) => context.warn(String(error))),
      DISPATCH_MS,
    )
    dispatching.unref()
    const keeping = startRetention({ ...context, retention: { ...USUAL_RETENTION, ...settings.retention } })
    return {
      routes: [
        ...flowRoutes({ flow, alerts, incidents, findings: findingDesk({ alerts, incidents }) }),
        ...triageRoutes({ triage, risks, learn, batch: openBatch(store) }),
        ...ruleRoutes({ rules, costs, explaining: explainDesk({ store, rules }), reload }),
        ...responseRoutes({ shelf, runs }),
        ...actuatorRoutes(actuators),
        ...auditRoutes(store),
        ...ticketRoutes(tickets),
        ...webhookRoutes(webhooks),
        ...replayRoutes({
          replays: replayDesk({ ...context, replays, steps, stops }),
          exportReplay: replayExport({ ...context, replays }),
        }),
      ],
      jobs: [replayJob(replaying)],
      open: flow.start,
      close: async () => {
        closing.abort()
        clearInterval(dispatching)
        await keeping.stop()
        await flow.stop()
      },
    }
  },
})
