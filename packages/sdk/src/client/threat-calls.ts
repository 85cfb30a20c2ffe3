import { exportFile } from '../api/export.ts'
import { type AlertQuery, alertDetail, alertPage, type FlowQuery, flowView } from '../api/threat.ts'
import {
  actuatorList,
  actuatorView,
  type NewActuatorTarget,
  type ResponseActionName,
  targetTrial,
} from '../api/threat-actuator.ts'
import { type AuditQuery, auditPage } from '../api/threat-audit.ts'
import {
  type CloseIncident,
  type IncidentQuery,
  incidentDetail,
  incidentPage,
  type ReopenIncident,
} from '../api/threat-incident.ts'
import { type NewReplay, replayList, replayView } from '../api/threat-replay.ts'
import {
  consentView,
  type DryRunBody,
  dryRunView,
  type NewRun,
  playbookDetail,
  playbookLint,
  playbookList,
  type ReportRun,
  type RunQuery,
  runDetail,
  runList,
} from '../api/threat-response.ts'
import {
  coverageView,
  filterDraft,
  type RuleQuery,
  reloadView,
  ruleDetail,
  ruleExplanation,
  rulePage,
  ruleSetView,
} from '../api/threat-rule.ts'
import {
  type DeliveryQuery,
  deliveryList,
  deliveryView,
  handOverView,
  type NewTicketBody,
  type NewWebhook,
  type ShiftQuery,
  type TicketActionBody,
  type TicketQuery,
  ticketBoard,
  ticketList,
  ticketTimesView,
  ticketView,
  webhookList,
  webhookView,
} from '../api/threat-ticket.ts'
import {
  type GroupQuery,
  groupDetail,
  groupPage,
  type NewDisposition,
  type QueueQuery,
  queuePage,
  type RiskQuery,
  riskView,
} from '../api/threat-triage.ts'
import { path, type Transport, type UploadBody } from './transport.ts'

/** Threat response: flow, alerts, incidents, triage, rules, playbooks, responses, tickets, webhooks. */
export function threatCalls(transport: Transport) {
  return {
    ...flowCalls(transport),
    ...triageCalls(transport),
    ...ruleCalls(transport),
    ...responseCalls(transport),
    ...actuatorCalls(transport),
    ...ticketCalls(transport),
    ...webhookCalls(transport),
    ...replayCalls(transport),
  }
}

function flowCalls({ parsed, raw }: Transport) {
  return {
    /** Ask once a second with `since` the last second that was answered. */
    getThreatFlow: (query: FlowQuery = {}) => parsed({ path: '/threat/flow', query }, flowView),
    listAlerts: (query: AlertQuery = {}) => parsed({ path: '/threat/alerts', query }, alertPage),
    getAlert: (id: string) => parsed({ path: path('/threat/alerts/:id', { id }) }, alertDetail),
    /** OCSF 1.5.0 detection finding, JSON. */
    downloadAlertFinding: (id: string) => raw({ path: path('/threat/alerts/:id/ocsf', { id }) }),
    listIncidents: (query: IncidentQuery = {}) => parsed({ path: '/threat/incidents', query }, incidentPage),
    getIncident: (id: string) => parsed({ path: path('/threat/incidents/:id', { id }) }, incidentDetail),
    closeIncident: (id: string, json: CloseIncident) =>
      parsed({ method: 'POST', path: path('/threat/incidents/:id/close', { id }), json }, incidentDetail),
    /** Its ticket is opened again with it. */
    reopenIncident: (id: string, json: ReopenIncident) =>
      parsed({ method: 'POST', path: path('/threat/incidents/:id/reopen', { id }), json }, incidentDetail),
    /** OCSF 1.5.0 incident finding, JSON. */
    downloadIncidentFinding: (id: string) => raw({ path: path('/threat/incidents/:id/ocsf', { id }) }),
  }
}

function triageCalls({ parsed, raw }: Transport) {
  return {
    getTriageQueue: (query: QueueQuery = {}) => parsed({ path: '/threat/triage/queue', query }, queuePage),
    listGroups: (query: GroupQuery = {}) => parsed({ path: '/threat/triage/groups', query }, groupPage),
    getGroup: (id: string) => parsed({ path: path('/threat/triage/groups/:id', { id }) }, groupDetail),
    judgeGroup: (id: string, json: NewDisposition) =>
      parsed({ method: 'POST', path: path('/threat/triage/groups/:id/disposition', { id }), json }, groupDetail),
    /** Takes the newest disposition back; it stays in the history. */
    undoDisposition: (id: string) =>
      parsed({ method: 'POST', path: path('/threat/triage/groups/:id/undo', { id }), json: {} }, groupDetail),
    getTriageRisk: (query: RiskQuery = {}) => parsed({ path: '/threat/triage/risk', query }, riskView),
    /** Learns again from all verdicts; the answer is the risk under the new model. */
    learnTriage: () => parsed({ method: 'POST', path: '/threat/triage/learn', json: {} }, riskView),
    /** The sealed file of a batch of decisions, NDJSON; its digest is in the record. */
    downloadDecisions: (record: string) => raw({ path: path('/threat/triage/batches/:record', { record }) }),
  }
}

function ruleCalls({ parsed }: Transport) {
  return {
    getRuleSet: () => parsed({ path: '/threat/rule-set' }, ruleSetView),
    listRules: (query: RuleQuery = {}) => parsed({ path: '/threat/rules', query }, rulePage),
    getRule: (id: string) => parsed({ path: path('/threat/rules/:id', { id }) }, ruleDetail),
    /** What would keep alerts like those judged benign from coming again; nothing is changed. */
    draftFilter: (id: string) => parsed({ path: path('/threat/rules/:id/filter', { id }) }, filterDraft),
    /** Compares one event with a rule: `event` is the text of a JSON object, at most 1 MiB. Nothing is kept. */
    explainRule: (id: string, event: string) =>
      parsed({ method: 'POST', path: path('/threat/rules/:id/explain', { id }), upload: event }, ruleExplanation),
    /** Has a rule in quarantine evaluated again. */
    liftQuarantine: (id: string) =>
      parsed({ method: 'POST', path: path('/threat/rules/:id/lift', { id }), json: {} }, ruleDetail),
    getCoverage: () => parsed({ path: '/threat/coverage' }, coverageView),
    /** Reads the configured rules again; a set that is refused changes nothing. */
    reloadRules: () => parsed({ method: 'POST', path: '/threat/rule-set/reload', json: {} }, reloadView),
  }
}

function responseCalls({ parsed, raw }: Transport) {
  const runPost = (id: string, what: string, json: unknown) => ({
    method: 'POST' as const,
    path: path(`/threat/runs/:id/${what}`, { id }),
    json,
  })
  return {
    listPlaybooks: () => parsed({ path: '/threat/playbooks' }, playbookList).then((list) => list.playbooks),
    getPlaybook: (id: string) => parsed({ path: path('/threat/playbooks/:id', { id }) }, playbookDetail),
    /** CACAO 2.0, canonical JSON. */
    downloadPlaybook: (id: string) => raw({ path: path('/threat/playbooks/:id/file', { id }) }),
    importPlaybook: (upload: UploadBody) =>
      parsed({ method: 'POST', path: '/threat/playbooks', upload }, playbookDetail),
    lintPlaybook: (upload: UploadBody) =>
      parsed({ method: 'POST', path: '/threat/playbooks/lint', upload }, playbookLint),
    dryRunPlaybook: (id: string, json: DryRunBody) =>
      parsed({ method: 'POST', path: path('/threat/playbooks/:id/dry-run', { id }), json }, dryRunView),
    startRun: (json: NewRun) => parsed({ method: 'POST', path: '/threat/runs', json }, runDetail),
    listRuns: (query: RunQuery = {}) => parsed({ path: '/threat/runs', query }, runList).then((list) => list.runs),
    getRun: (id: string) => parsed({ path: path('/threat/runs/:id', { id }) }, runDetail),
    approveRun: (id: string, digest: string) => parsed(runPost(id, 'approve', { digest }), consentView),
    refuseRun: (id: string, reason: string) => parsed(runPost(id, 'refuse', { reason }), runDetail),
    reportRun: (id: string, json: ReportRun) => parsed(runPost(id, 'report', json), runDetail),
    resumeRun: (id: string) => parsed(runPost(id, 'resume', {}), runDetail),
    undoRun: (id: string) => parsed(runPost(id, 'undo', {}), runDetail),
  }
}

function actuatorCalls({ parsed }: Transport) {
  return {
    /** Where the commands of each action go. */
    listActuators: () => parsed({ path: '/threat/actuators' }, actuatorList).then((list) => list.actuators),
    /** Only an owner, or the operator of the machine itself. */
    chooseActuator: (action: ResponseActionName, json: NewActuatorTarget) =>
      parsed({ method: 'POST', path: path('/threat/actuators/:action', { action }), json }, actuatorView),
    /** What a target would be sent, with sample values; nothing is kept or sent. */
    tryActuator: (action: ResponseActionName, json: NewActuatorTarget) =>
      parsed({ method: 'POST', path: path('/threat/actuators/:action/try', { action }), json }, targetTrial),
  }
}

function ticketCalls({ parsed }: Transport) {
  return {
    listTickets: (query: TicketQuery = {}) => parsed({ path: '/threat/tickets', query }, ticketList),
    getTicketBoard: () => parsed({ path: '/threat/ticket-board' }, ticketBoard),
    getTicket: (id: string) => parsed({ path: path('/threat/tickets/:id', { id }) }, ticketView),
    openTicket: (json: NewTicketBody) => parsed({ method: 'POST', path: '/threat/tickets', json }, ticketView),
    actOnTicket: (id: string, json: TicketActionBody) =>
      parsed({ method: 'POST', path: path('/threat/tickets/:id/actions', { id }), json }, ticketView),
    getTicketTimes: () => parsed({ path: '/threat/ticket-times' }, ticketTimesView),
    getHandOver: (query: ShiftQuery) => parsed({ path: '/threat/hand-over', query }, handOverView),
  }
}

function webhookCalls({ parsed }: Transport) {
  return {
    listWebhooks: () => parsed({ path: '/threat/webhooks' }, webhookList).then((list) => list.endpoints),
    addWebhook: (json: NewWebhook) => parsed({ method: 'POST', path: '/threat/webhooks', json }, webhookView),
    removeWebhook: (id: string) =>
      parsed({ method: 'DELETE', path: path('/threat/webhooks/:id', { id }) }, webhookList).then(
        (list) => list.endpoints,
      ),
    listDeliveries: (query: DeliveryQuery = {}) =>
      parsed({ path: '/threat/deliveries', query }, deliveryList).then((list) => list.deliveries),
    /** Puts a dead delivery back: same id, attempts from the start. */
    reviveDelivery: (id: string) =>
      parsed({ method: 'POST', path: path('/threat/deliveries/:id/revive', { id }), json: {} }, deliveryView),
  }
}

function replayCalls({ parsed }: Transport) {
  return {
    /** Answers at once with state `waiting`; ask `getReplay` until it is `done` or `failed`. */
    startReplay: (json: NewReplay) => parsed({ method: 'POST', path: '/threat/replays', json }, replayView),
    listReplays: () => parsed({ path: '/threat/replays' }, replayList),
    getReplay: (id: string) => parsed({ path: path('/threat/replays/:id', { id }) }, replayView),
    /** What is stored by then stays; refused once it has ended. */
    stopReplay: (id: string) =>
      parsed({ method: 'POST', path: path('/threat/replays/:id/stop', { id }), json: {} }, replayView),
    /** Everything on record about a replay: model, decisions, responses, tickets and incidents closed since. */
    exportReplay: (id: string) => parsed({ path: path('/threat/replays/:id/export', { id }) }, exportFile),
    listThreatAudit: (query: AuditQuery = {}) => parsed({ path: '/threat/audit', query }, auditPage),
  }
}
