import { HOUSE } from '@dengta/kernel'
import type {
  AlertPage,
  AuditPage,
  ConsentView,
  CoverageView,
  DeliveryList,
  FlowView,
  GroupDetail,
  IncidentDetail,
  IncidentPage,
  PlaybookList,
  QueuePage,
  ReloadView,
  RiskView,
  RulePage,
  RuleSetView,
  RunDetail,
  TicketView,
  WebhookView,
} from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ANN,
  AUDITOR,
  alertOf,
  BOB,
  DEVELOPER,
  decisionOf,
  groupOf,
  incidentOf,
  OPERATOR,
  type ThreatHouse,
  threatHouse,
} from './service/threat-house.fixture.ts'
import { sqlOutboxStore } from './service/webhook/sql-outbox-store.ts'

const inNet =
  (network: string) =>
  <T extends object>(finding: T): T => ({ ...finding, network })

describe.each(testStores())('the threat pack in the house, $name', (stores) => {
  let house: ThreatHouse
  const groups = [0, 1, 2, 3].map((number) => groupOf(number, { host: number === 3 ? 'web-2' : 'web-1' }))
  const [first, second, third, fourth] = groups as [
    (typeof groups)[0],
    (typeof groups)[0],
    (typeof groups)[0],
    (typeof groups)[0],
  ]
  const id = (number: number) => ({ params: { id: `group_test_${number}` } })
  const incident = { params: { id: 'incident_test_0' } }

  beforeAll(async () => {
    house = await threatHouse(stores)
    await house.step(
      [alertOf(0), alertOf(1), alertOf(3, { host: 'web-2' })],
      [
        ...[decisionOf(first, 'escalate', 3), decisionOf(second, 'hand_over', 1), decisionOf(third, 'close', -3)],
        ...[decisionOf(fourth, 'hand_over', 0), incidentOf(0, [first])],
      ],
    )
  })
  afterAll(() => house.close())

  test('who may not look or act is refused before anything is read', async () => {
    await expect(house.call(undefined, 'GET /flow')).rejects.toThrow('does not allow')
    await expect(house.call(DEVELOPER, 'GET /incidents')).rejects.toThrow('does not allow')
    await expect(house.call(AUDITOR, 'POST /triage/groups/:id/disposition', id(1))).rejects.toThrow('does not allow')
    await expect(house.call(AUDITOR, 'POST /runs')).rejects.toThrow('does not allow')
    await house.call(AUDITOR, 'GET /triage/risk')
  })

  test('without listeners the flow is off, and says how to open one', async () => {
    const flow = await house.call<FlowView>(AUDITOR, 'GET /flow')
    expect(flow).toMatchObject({ state: 'off', waiting: 3, incidents: { open: 1, candidate: 0, closed: 0 } })
    expect(flow.text.en).toContain('DENGTA_THREAT_TCP_PORT')
  })

  test('alerts carry author, licence and link, and are found by rule, host and group', async () => {
    const all = await house.call<AlertPage>(AUDITOR, 'GET /alerts')
    expect(all.alerts.map(({ host }) => host)).toEqual(['web-2', 'web-1', 'web-1'])
    expect(all.alerts[0]?.rule).toMatchObject({
      author: 'A. Author',
      licence: 'DRL-1.1',
      link: 'https://example.org/r',
    })
    const ofGroup = await house.call<AlertPage>(AUDITOR, 'GET /alerts', { query: { group: 'group_test_0' } })
    expect(ofGroup.alerts.map(({ line }) => line)).toEqual([1])
    const page = await house.call<AlertPage>(AUDITOR, 'GET /alerts', { query: { limit: 2 } })
    const rest = await house.call<AlertPage>(AUDITOR, 'GET /alerts', { query: { limit: 2, before: page.next } })
    expect([...page.alerts, ...rest.alerts].map((each) => each.id)).toEqual(all.alerts.map((each) => each.id))
    const alert = { params: { id: all.alerts[0]?.id ?? '' } }
    expect(await house.call(AUDITOR, 'GET /alerts/:id', alert)).toMatchObject({
      eventKept: 'whole',
      event: { Computer: 'web-2' },
    })
    const { body } = await house.call<{ body: string }>(AUDITOR, 'GET /alerts/:id/ocsf', alert)
    expect(JSON.parse(body)).toMatchObject({ class_uid: 2004, unmapped: { rule: { author: 'A. Author' } } })
    await expect(house.call(AUDITOR, 'GET /alerts/:id', { params: { id: 'x' } })).rejects.toMatchObject({
      code: 'threat.missing',
    })
  })

  test('the queue holds what people must see; a verdict takes it out, and taking it back puts it in again', async () => {
    const queue = async () => (await house.call<QueuePage>(ANN, 'GET /triage/queue')).groups.map((each) => each.id)
    expect(await queue()).toEqual(['group_test_0', 'group_test_1', 'group_test_3'])
    const judged = await house.call<GroupDetail>(ANN, 'POST /triage/groups/:id/disposition', {
      ...id(1),
      body: { kind: 'benign' },
    })
    expect(judged.disposition).toMatchObject({ verdict: 'benign', by: 'ann', source: 'analyst' })
    await expect(
      house.call(BOB, 'POST /triage/groups/:id/disposition', { ...id(1), body: { kind: 'confirm' } }),
    ).rejects.toMatchObject({
      code: 'threat.already_judged',
    })
    expect(await queue()).toEqual(['group_test_0', 'group_test_3'])
    const undone = await house.call<GroupDetail>(BOB, 'POST /triage/groups/:id/undo', id(1))
    expect(undone.history).toMatchObject([{ kind: 'benign', by: 'ann', undoneBy: 'bob' }])
    expect(await queue()).toHaveLength(3)
    await expect(house.call(ANN, 'POST /triage/groups/:id/undo', id(1))).rejects.toMatchObject({
      code: 'threat.nothing_to_undo',
    })
  })

  test('a suppression needs a reason and an end, and keeps later groups like it out of the queue until it is taken back', async () => {
    const suppress = (body: object) =>
      house.call(ANN, 'POST /triage/groups/:id/disposition', { ...id(3), body: { kind: 'suppress', ...body } })
    await expect(suppress({})).rejects.toThrow('say why')
    await expect(suppress({ reason: 'x', until: '2027-11-22T08:00:00Z' })).rejects.toMatchObject({
      code: 'threat.bad_until',
    })
    await suppress({ reason: 'backup job' })
    await house.step(
      [],
      [decisionOf(groupOf(20, { host: 'web-2' }), 'hand_over'), decisionOf(groupOf(21), 'hand_over')],
    )
    const queue = async () => (await house.call<QueuePage>(ANN, 'GET /triage/queue')).groups.map((each) => each.id)
    expect(await queue()).not.toContain('group_test_20')
    expect(await queue()).toContain('group_test_21')
    expect((await house.call<GroupDetail>(ANN, 'GET /triage/groups/:id', id(20))).suppressedBy?.en).toBe(
      'suppressed by ann',
    )
    await house.call(ANN, 'POST /triage/groups/:id/undo', id(3))
    expect(await queue()).toContain('group_test_20')
  })

  test('a confirmed attack opens an incident with a ticket, and webhooks are told of it once', async () => {
    const endpoint = { id: 'siem', url: 'https://siem.example.org/hook', secrets: ['siem'] }
    await house.call(ANN, 'POST /webhooks', { body: endpoint })
    await house.call(ANN, 'POST /triage/groups/:id/disposition', {
      ...id(21),
      body: { kind: 'confirm', file: 'crack' },
    })
    const { incident: opened } = await house.call<GroupDetail>(ANN, 'GET /triage/groups/:id', id(21))
    const detail = await house.call<IncidentDetail>(ANN, 'GET /incidents/:id', { params: { id: opened ?? '' } })
    expect(detail).toMatchObject({ state: 'open', tickets: [{ state: 'new' }], timeline: [{ verdict: 'attack' }] })
    await house.call(ANN, 'POST /triage/groups/:id/undo', id(21))
    await house.call(ANN, 'POST /triage/groups/:id/disposition', { ...id(21), body: { kind: 'confirm' } })
    const { deliveries } = await house.call<DeliveryList>(ANN, 'GET /deliveries')
    expect(deliveries).toMatchObject([{ endpoint: 'siem', type: 'incident.created', state: 'pending' }])
    const outbox = await sqlOutboxStore(house.store).find(deliveries[0]?.id ?? '')
    expect(JSON.parse(outbox?.body ?? '{}')).toMatchObject({ data: { incident: opened } })
    await house.call(ANN, 'DELETE /webhooks/:id', { params: { id: 'siem' } })
  })

  test('an incident shows timeline, entities, suggestions; closing it is on record once', async () => {
    const found = await house.call<IncidentPage>(AUDITOR, 'GET /incidents', {
      query: { text: 'WEB-1', technique: 'T1003', order: 'severity' },
    })
    expect(found.incidents.map((each) => each.id)).toContain('incident_test_0')
    const detail = await house.call<IncidentDetail>(AUDITOR, 'GET /incidents/:id', incident)
    expect(detail.graph.nodes.map((each) => each.id)).toEqual(['host web-1', 'account eve', 'address 203.0.113.7'])
    expect(detail.suggestions.map(({ inputs }) => inputs)).toContainEqual({ __address__: '203.0.113.7' })
    const { body } = await house.call<{ body: string }>(AUDITOR, 'GET /incidents/:id/ocsf', incident)
    expect(JSON.parse(body)).toMatchObject({ class_uid: 2005, finding_info_list: [{ title: 'Sample rule' }] })
    const closing = { ...incident, body: { verdict: 'attack', reason: 'seen' } }
    const closed = await house.call<IncidentDetail>(ANN, 'POST /incidents/:id/close', closing)
    expect(closed).toMatchObject({ state: 'closed', verdict: 'attack', timeline: [{ verdict: 'attack' }] })
    const record = await house.ledger.find(closed.record ?? '')
    expect(record?.statement.predicate).toMatchObject({ incident: 'incident_test_0', by: 'ann', groups: 1 })
    await expect(house.call(ANN, 'POST /incidents/:id/close', closing)).rejects.toMatchObject({
      code: 'threat.incident_closed',
    })
    await house.step([], [incidentOf(0, [first, second])])
    expect(await house.call(ANN, 'GET /incidents/:id', incident)).toMatchObject({ state: 'closed', groups: 2 })
  })

  test('a step that is stored already changes nothing', async () => {
    const before = await house.call<AlertPage>(AUDITOR, 'GET /alerts')
    await house.step([alertOf(40)], [decisionOf(groupOf(40), 'hand_over')], 1)
    expect(await house.call<AlertPage>(AUDITOR, 'GET /alerts')).toEqual(before)
  })

  test('text of attackers that no database holds is kept as far as it can be', async () => {
    const event = { Computer: 'a\u0000b', CommandLine: '\ud800 \u0000' }
    await house.step([alertOf(50, { id: 'hostile', event })], [], 99)
    const alert = await house.call<{ host: string; event: unknown }>(AUDITOR, 'GET /alerts/:id', {
      params: { id: 'hostile' },
    })
    expect(alert).toMatchObject({ host: 'a\uFFFDb', event })
  })

  test('a response asks for consent, is refused to the one who asked, runs, is on record, and is undone', async () => {
    const { playbooks } = await house.call<PlaybookList>(ANN, 'GET /playbooks')
    const isolate = playbooks.find(({ name }) => name.en === 'Isolate host')
    const body = {
      playbook: isolate?.id,
      inputs: { __host__: 'web-1' },
      reason: 'incident',
      incident: 'incident_test_0',
    }
    const started = await house.call<RunDetail>(ANN, 'POST /runs', { body })
    expect(started).toMatchObject({ asks: 'approval', may: { approve: false }, simulated: true })
    const run = { params: { id: started.id } }
    const consent = { ...run, body: { digest: started.work?.digest } }
    expect(await house.call<ConsentView>(ANN, 'POST /runs/:id/approve', consent)).toMatchObject({ ok: false })
    await expect(
      house.call(OPERATOR, 'POST /runs/:id/approve', { ...run, body: { digest: 'x' } }),
    ).rejects.toMatchObject({ code: 'threat_respond.plan_changed' })
    const approved = await house.call<ConsentView>(OPERATOR, 'POST /runs/:id/approve', consent)
    expect(approved).toMatchObject({ ok: true, run: { status: 'succeeded', may: { undo: true } } })
    const records = await house.ledger.records({ kinds: ['response-step'] })
    expect(records.map(({ statement }) => statement.predicate)).toContainEqual(
      expect.objectContaining({ event: 'consent', by: HOUSE, run: started.id }),
    )
    expect(approved.run.records).toHaveLength(records.length)
    expect(await house.call<RunDetail>(OPERATOR, 'POST /runs/:id/undo', run)).toMatchObject({ status: 'undone' })
  })

  test('a playbook is imported once, linted without a trace, and dry-run without effect', async () => {
    const { playbooks } = await house.call<PlaybookList>(ANN, 'GET /playbooks')
    const [one] = playbooks
    const { body: text } = await house.call<{ body: string }>(ANN, 'GET /playbooks/:id/file', {
      params: { id: one?.id ?? '' },
    })
    const changed = JSON.stringify({ ...JSON.parse(text), modified: '2026-12-01T00:00:00Z', name: 'Changed' })
    expect(await house.call(ANN, 'POST /playbooks', { body: pieces(changed) })).toMatchObject({
      name: { en: 'Changed' },
      from: 'imported',
    })
    await house.call(ANN, 'POST /playbooks', { body: pieces(changed) })
    await expect(
      house.call(ANN, 'POST /playbooks', { body: pieces(changed.replace('Changed', 'Other')) }),
    ).rejects.toMatchObject({ code: 'threat.playbook_exists' })
    await expect(house.call(ANN, 'POST /playbooks', { body: pieces('{') })).rejects.toMatchObject({
      code: 'threat_playbook.not_json',
    })
    const lint = await house.call<{ ok: boolean; faults: { path: string }[] }>(AUDITOR, 'POST /playbooks/lint', {
      body: pieces('{"type":"playbook"}'),
    })
    expect(lint.ok).toBe(false)
    const dry = await house.call<{ steps: { open?: object; sends: object[] }[] }>(
      AUDITOR,
      'POST /playbooks/:id/dry-run',
      { params: { id: one?.id ?? '' }, body: {} },
    )
    expect(dry.steps.some(({ open }) => open !== undefined)).toBe(true)
  })

  test('a ticket goes its way, refuses what its state does not allow, and is on record when closed', async () => {
    const made = await house.call<TicketView>(ANN, 'POST /tickets', { body: { title: 'Look', severity: 'low' } })
    const act = (body: object) =>
      house.call<TicketView>(ANN, 'POST /tickets/:id/actions', { params: { id: made.id }, body })
    await expect(act({ kind: 'close' })).rejects.toMatchObject({ code: 'threat_ticket.illegal_step' })
    await act({ kind: 'acknowledge' })
    await act({ kind: 'resolve', resolution: 'nothing' })
    const closed = await act({ kind: 'close' })
    expect((await house.ledger.find(closed.record ?? ''))?.statement.predicate).toMatchObject({
      ticket: made.id,
      by: 'ann',
    })
    expect(await house.call(AUDITOR, 'GET /ticket-times')).toMatchObject({ close: { count: 2 } })
    const shift = { from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z' }
    expect((await house.call<{ zh: string }>(AUDITOR, 'GET /hand-over', { query: shift })).zh).toContain('交接班报告')
  })

  test('endpoints of webhooks are added once, over https only, and removed', async () => {
    const body = { id: 'soc', url: 'https://soc.example.org/hook', secrets: ['soc'] }
    expect(await house.call<WebhookView>(ANN, 'POST /webhooks', { body })).toMatchObject({ id: 'soc', pending: 0 })
    await expect(house.call(ANN, 'POST /webhooks', { body })).rejects.toMatchObject({ code: 'threat.webhook_exists' })
    await expect(
      house.call(ANN, 'POST /webhooks', { body: { ...body, url: 'http://soc.example.org' } }),
    ).rejects.toThrow()
    expect(await house.call(ANN, 'DELETE /webhooks/:id', { params: { id: 'soc' } })).toEqual({ endpoints: [] })
    await expect(house.call(ANN, 'DELETE /webhooks/:id', { params: { id: 'soc' } })).rejects.toMatchObject({
      code: 'threat.missing',
    })
  })

  test('the rule set is read when first asked for, is on record once, and covers the matrix', async () => {
    const set = await house.call<RuleSetView>(AUDITOR, 'GET /rule-set')
    expect(set).toMatchObject({ rules: 3, correlations: 1, refused: [] })
    expect(await house.call<ReloadView>(ANN, 'POST /rule-set/reload')).toMatchObject({ changed: false, hash: set.hash })
    expect(await house.ledger.records({ kinds: ['rule-set'] })).toHaveLength(1)
    const { rules } = await house.call<RulePage>(AUDITOR, 'GET /rules', { query: { text: 'LOGIN', order: 'title' } })
    expect(rules.map(({ state, kind }) => `${kind} ${state}`)).toEqual(['rule silent', 'correlation active'])
    expect(await house.call(AUDITOR, 'GET /rules/:id', { params: { id: rules[0]?.id ?? '' } })).toMatchObject({
      readBy: [rules[1]?.id],
      author: 'Dengta',
    })
    const coverage = await house.call<CoverageView>(AUDITOR, 'GET /coverage')
    expect(coverage.tactics.find((each) => each.id === 'credential-access')?.techniques.map((each) => each.id)).toEqual(
      ['T1003', 'T1110'],
    )
  })

  test('risks are shown with their counts, and too few verdicts prove nothing', async () => {
    const risk = await house.call<RiskView>(AUDITOR, 'GET /triage/risk')
    expect(risk).toMatchObject({
      networks: ['net'],
      guard: { proven: false },
      falseAlarms: { groups: { holds: 'unknown' } },
      labels: { kind: 'analyst' },
    })
    expect(risk.automation.groups).toMatchObject({ count: 1, of: 6 })
    expect(risk.falseAlarms.incidents).toMatchObject({ count: 0, of: 2, rate: 0 })
  })

  test('an incident that nobody has judged is no false alarm and no true one: it is not counted', async () => {
    await house.step([], [decisionOf(groupOf(70), 'escalate'), incidentOf(70, [groupOf(70)])].map(inNet('unjudged')))
    const { falseAlarms } = await house.call<RiskView>(AUDITOR, 'GET /triage/risk', { query: { network: 'unjudged' } })
    expect(falseAlarms.incidents).toEqual({ count: 0, of: 0 })
  })

  test('learning needs verdicts of two networks', async () => {
    await expect(house.call(ANN, 'POST /triage/learn')).rejects.toMatchObject({ code: 'threat.too_few_sites' })
  })

  test('who did what is kept, newest first', async () => {
    const { acts } = await house.call<AuditPage>(AUDITOR, 'GET /audit', { query: { limit: 500 } })
    const kinds = new Set(acts.map(({ actor, action }) => `${actor} ${action}`))
    for (const each of [
      'ann group.suppress',
      'bob group.undo',
      'ann incident.close',
      'ann run.start',
      'ann run.approve-refused',
      'house run.approve',
      'ann ticket.close',
      'ann webhook.add',
      'ann rules.reload',
    ])
      expect(kinds).toContain(each)
  })
})

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}
