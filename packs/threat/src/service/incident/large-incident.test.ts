import type { GroupDetail, IncidentDetail, IncidentPage, TicketView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AlertGroup } from '../../group/alert-group.ts'
import { IncidentBook } from '../../incident/incident-book.ts'
import type { ThreatTables } from '../tables.ts'
import { ANN, AUDITOR, decisionOf, groupOf, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'
import type { TriageFinding } from '../triage/triage-finding.ts'

const GROUPS = 1200
const HOSTS = 150
const MINUTE = 60_000

/** One a minute, so that all are one incident; the score rises, hosts and accounts repeat. */
const groupAt = (number: number): AlertGroup =>
  groupOf(number, {
    ...{ host: `host-${number % HOSTS}`, signature: `Rule ${number % 7}`, accounts: [`user-${number % 400}`] },
    alerts: 2,
  })

/** As the stage tells it: each decision, then what is new of its incident. */
function told(book: IncidentBook, groups: readonly AlertGroup[]): TriageFinding[] {
  return groups.flatMap((group) => [
    decisionOf(group, 'escalate', group.number),
    ...book
      .add({ group, score: group.number })
      .map((news): TriageFinding => ({ kind: 'incident', network: 'net', ...news })),
  ])
}

describe.each(testStores())('an incident of many groups, $name', (stores) => {
  const book = new IncidentBook()
  const groups = Array.from({ length: GROUPS }, (_, at) => groupAt(at))
  const incident = { params: { id: 'incident_test_0' } }
  const get = () => house.call<IncidentDetail>(AUDITOR, 'GET /incidents/:id', incident)
  let house: ThreatHouse

  beforeAll(async () => {
    house = await threatHouse(stores)
    for (let from = 0; from < GROUPS; from += 100) await house.step([], told(book, groups.slice(from, from + 100)))
  })
  afterAll(() => house.close())

  test('its page shows those of the highest score and counts all', async () => {
    const detail = await get()
    expect(detail).toMatchObject({ groups: GROUPS, alerts: 2 * GROUPS, score: GROUPS - 1, hostCount: HOSTS })
    expect(detail.timeline).toHaveLength(1000)
    expect(detail.timeline[0]).toMatchObject({ group: 'group_test_200', host: 'host-50', alerts: 2, score: 200 })
    expect(detail.hosts).toHaveLength(64)
    expect(detail.graph).toMatchObject({ nodes: { length: 500 }, hidden: 150 + 400 + 1 - 500 })
    expect(detail.tickets).toMatchObject([{ id: 'ticket_test_0', state: 'new' }])
    const { clock } = await house.call<TicketView>(AUDITOR, 'GET /tickets/:id', { params: { id: 'ticket_test_0' } })
    expect(Date.parse(clock.detected) - Date.parse(clock.event)).toBe(30 * MINUTE)
  })

  test('its row stays small, and it is found by a host that the summary does not name', async () => {
    const db = house.store.db<ThreatTables>()
    const row = await db.selectFrom('threat_incidents').selectAll().executeTakeFirstOrThrow()
    expect(row.body.length).toBeLessThan(3000)
    const found = await house.call<IncidentPage>(AUDITOR, 'GET /incidents', { query: { text: 'HOST-149' } })
    expect(found.incidents).toMatchObject([{ id: 'incident_test_0', signatures: 7 }])
  })

  test('a group that went on is shown as its incident saw it last; its decision stays', async () => {
    const [last] = groups.slice(-1)
    Object.assign(last!, { alerts: 40, last: last!.last + MINUTE })
    await house.step([], told(book, [groupAt(GROUPS)]))
    const { timeline, alerts } = await get()
    expect(timeline.find(({ group }) => group === `group_test_${GROUPS - 1}`)).toMatchObject({ alerts: 40 })
    expect(alerts).toBe(2 * GROUPS + 40)
    const decided = await house.call<GroupDetail>(AUDITOR, 'GET /triage/groups/:id', {
      params: { id: `group_test_${GROUPS - 1}` },
    })
    expect(decided.alerts).toBe(2)
  })

  test('closing it judges every group that nobody has judged, and none twice', async () => {
    await house.call(ANN, 'POST /triage/groups/:id/disposition', {
      params: { id: 'group_test_7' },
      body: { kind: 'benign' },
    })
    await house.call(ANN, 'POST /incidents/:id/close', { ...incident, body: { verdict: 'attack', reason: 'seen' } })
    const db = house.store.db<ThreatTables>()
    const verdicts = await db
      .selectFrom('threat_groups')
      .select((eb) => ['verdict', eb.fn.countAll<string>().as('count')])
      .groupBy('verdict')
      .orderBy('verdict')
      .execute()
    expect(verdicts.map(({ verdict, count }) => `${verdict} ${count}`)).toEqual(['attack 1200', 'benign 1'])
    const said = await db
      .selectFrom('threat_dispositions')
      .select((eb) => ['kind', 'reason', eb.fn.countAll<string>().as('count')])
      .groupBy(['kind', 'reason'])
      .orderBy('kind')
      .execute()
    expect(said.map(({ kind, reason, count }) => `${kind} ${reason} ${count}`)).toEqual([
      'benign  1',
      'confirm seen 1200',
    ])
  })
})

describe.each(testStores())('incidents that turn out to be one, $name', (stores) => {
  test('its groups, those of the absorbed before and later ones stand in the oldest; rows of before are shown', async () => {
    const house = await threatHouse(stores)
    const book = new IncidentBook()
    const far = (number: number, hours: number, accounts: string[]) => {
      const at = groupOf(number).first + hours * 60 * MINUTE - number * MINUTE
      return groupOf(number, { host: `h${number}`, addresses: [], first: at, last: at, accounts })
    }
    await house.step([], told(book, [far(0, 0, ['ann']), far(1, 2, ['bob']), far(2, 4, ['cid'])]))
    await house.step([], told(book, [far(3, 6, ['bob', 'cid'])]))
    await house.step([], told(book, [far(4, 8, ['ann', 'bob'])]))
    const detail = await house.call<IncidentDetail>(AUDITOR, 'GET /incidents/:id', {
      params: { id: 'incident_test_0' },
    })
    expect(detail.timeline.map(({ host }) => host)).toEqual(['h0', 'h1', 'h2', 'h3', 'h4'])
    expect(detail.merged).toEqual(['incident_test_1', 'incident_test_2'])
    expect(detail.tickets).toHaveLength(3)
    expect((await house.call<IncidentPage>(AUDITOR, 'GET /incidents')).total).toBe(1)
    const part = { params: { id: 'incident_test_1' } }
    const absorbed = await house.call<IncidentDetail>(AUDITOR, 'GET /incidents/:id', part)
    expect(absorbed).toMatchObject({ mergedInto: 'incident_test_0', timeline: [] })
    const body = { verdict: 'benign', reason: 'x' }
    const closing = house.call(ANN, 'POST /incidents/:id/close', { ...part, body })
    await expect(closing).rejects.toMatchObject({
      code: 'threat.incident_merged',
      details: { into: 'incident_test_0' },
    })
    await asBefore(house, detail)
    await house.close()
  })
})

/** The row as it was when it held its findings, with what its groups had taken since. */
async function asBefore(house: ThreatHouse, now: IncidentDetail): Promise<void> {
  const db = house.store.db<ThreatTables>()
  const rows = await db.selectFrom('threat_groups').select(['body', 'score']).orderBy('seq').execute()
  const findings = rows.map(({ body, score }) => {
    const { group } = JSON.parse(body) as { group: AlertGroup }
    return { group: { ...group, alerts: 9 }, score }
  })
  const [first, last] = [findings[0]!.group.first, findings.at(-1)!.group.last]
  const incident = { number: 0, state: 'open', first, last, findings, merged: [1, 2] }
  const body = JSON.stringify({ incident, title: now.title })
  await db.updateTable('threat_incidents').set({ body }).where('id', '=', now.id).execute()
  const before = await house.call<IncidentDetail>(AUDITOR, 'GET /incidents/:id', { params: { id: now.id } })
  const timeline = now.timeline.map((entry) => ({ ...entry, alerts: 9 }))
  expect({ ...before, hosts: before.hosts.toSorted() }).toEqual({ ...now, hosts: now.hosts.toSorted(), timeline })
}
