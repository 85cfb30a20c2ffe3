import type { Transaction } from 'kysely'
import type { SinkStep } from '../../pipeline/sink/alert-sink.ts'
import type { WebhookEndpoint } from '../../publish/webhook-dispatcher.ts'
import { addAlerts } from '../alert/alert-rows.ts'
import type { IncidentFound } from '../incident/fold-news.ts'
import { putIncidents } from '../incident/incident-rows.ts'
import type { ThreatTables } from '../tables.ts'
import { addGroups, type DecisionFinding } from '../triage/group-rows.ts'
import { TRIAGE, type TriageFinding } from '../triage/triage-finding.ts'
import { tellOpened } from '../webhook/tell-opened.ts'
import { alertOfFinding } from './alerting-stages.ts'

export interface Projection {
  readonly flow: string
  readonly now: () => Date
  readonly endpoints: () => readonly WebhookEndpoint[]
  /** Ids of rules that alert only through correlations. */
  readonly silent?: ReadonlySet<string>
}

/** Everything that a step means, written with its position: alerts, groups, incidents, their tickets and messages. */
export function projectStep({ flow, now, endpoints, silent }: Projection) {
  return async (tx: Transaction<ThreatTables>, { alerts, findings }: SinkStep): Promise<void> => {
    const correlated = findings.flatMap((finding) => alertOfFinding(finding) ?? [])
    await addAlerts(tx, flow, [...alerts.filter(({ rule }) => !silent?.has(rule.id)), ...correlated])
    const concluded = findings.filter(({ stage }) => stage === TRIAGE).map(({ body }) => body as TriageFinding)
    await addGroups(
      tx,
      flow,
      concluded.filter((each): each is DecisionFinding => each.kind === 'decision'),
    )
    const incidents = concluded.filter((each): each is IncidentFound => each.kind === 'incident')
    const opened = await putIncidents(tx, { flow, now: now() }, incidents)
    await tellOpened(tx, opened, { at: now(), endpoints: endpoints() })
  }
}
