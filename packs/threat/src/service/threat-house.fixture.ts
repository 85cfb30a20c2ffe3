import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Caller, fixedClock, HOUSE, type Role, type Route, timeOrderedIds } from '@dengta/kernel'
import { type Ledger, ledgerMigrations, openLedger } from '@dengta/ledger'
import type { Store, TestStores } from '@dengta/store'
import type { AlertGroup } from '../group/alert-group.ts'
import { sumOf } from '../incident/incident-sum.ts'
import type { PipelineAlert } from '../pipeline/pipeline-alert.ts'
import { type ThreatParts, threatPlugin } from '../plugin.ts'
import type { Action, Decision } from '../triage/decision.ts'
import { projectStep } from './flow/project-step.ts'
import { SqlAlertSink } from './flow/sql-alert-sink.ts'
import type { IncidentFound } from './incident/fold-news.ts'
import type { ThreatSettings } from './threat-context.ts'
import { TRIAGE, type TriageFinding } from './triage/triage-finding.ts'

const caller = (participant: string, ...roles: Role[]): Caller => ({ participant, name: participant, roles })
export const OPERATOR = caller(HOUSE, 'operator')
export const ANN = caller('ann', 'operator')
export const BOB = caller('bob', 'operator')
export const AUDITOR = caller('audit', 'auditor')
export const DEVELOPER = caller('lab', 'developer')

/** 08:00 of the day of the tests. */
const NOW = '2026-11-22T08:00:00Z'
const FIRST = Date.parse('2026-11-22T07:00:00Z')

interface Given {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: object
  readonly body?: unknown
}

/** The whole pack on a real database and log, without real data: the own sample stands in. */
export interface ThreatHouse {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: ReturnType<typeof fixedClock>
  readonly parts: ThreatParts
  /** Calls a route as the server does: role, inputs and answer pass its own checks. */
  call<T>(by: Caller | undefined, place: string, given?: Given): Promise<T>
  /** Stores one step of a flow as its stages would have concluded it. */
  step(alerts: readonly PipelineAlert[], findings: readonly TriageFinding[], position?: number): Promise<void>
  close(): Promise<void>
}

export async function threatHouse({ make }: TestStores, settings: Partial<ThreatSettings> = {}): Promise<ThreatHouse> {
  const clock = fixedClock(NOW)
  const store = await make([...ledgerMigrations, ...threatPlugin.migrations], { clock })
  const ledger = await openLedger({ store, clock, home: store.home, origin: 'test.example/log' })
  await ledger.createKey(HOUSE)
  const dataFolder = mkdtempSync(join(tmpdir(), 'dengta-none-'))
  const context = { store, ledger, clock, ids: timeOrderedIds(clock, randomBytes), warn: () => undefined }
  const parts = await threatPlugin.start({ ...context, settings: { dataFolder, ...settings } })
  await store.jobs.start(parts.jobs)
  const project = projectStep({ flow: 'test', now: () => clock.now(), endpoints: () => [] })
  let last = 0
  const step: ThreatHouse['step'] = async (alerts, findings, position = last + 1) => {
    last = position
    const sink = await SqlAlertSink.open(store, { flow: 'test', project })
    const bodies = findings.map((body, at) => ({ stage: TRIAGE, id: `${position}:${at}`, body }))
    await sink.append({ position, timeMs: clock.now().getTime(), alerts, findings: bodies })
    await sink.close()
  }
  const close = async () => {
    await parts.close()
    await store.jobs.stop()
    await ledger.close()
    await store.close()
  }
  return { store, ledger, clock, parts, call: callerOf(parts.routes), step, close }
}

function callerOf(routes: readonly Route[]): ThreatHouse['call'] {
  return async (by, place, { params = {}, query = {}, body } = {}) => {
    const [method, path] = place.split(' ')
    const found = routes.find((each) => each.method === method && each.path === `/api/v1/threat${path}`)
    if (!found) throw new TypeError(`no route ${place}`)
    if (found.allow !== 'anyone' && !by?.roles.some((role) => found.allow.includes(role)))
      throw new TypeError(`${place} does not allow ${by?.participant ?? 'strangers'}`)
    const parsed = found.body && found.body !== 'stream' ? found.body.parse(body ?? {}) : body
    const answer = await found.handle({ caller: by, params, query: found.query?.parse(query) ?? query, body: parsed })
    return (found.answer === 'raw' ? answer : found.answer.parse(answer)) as never
  }
}

/** An alert of a rule at a minute after 07:00. */
export function alertOf(
  minute: number,
  more: Partial<PipelineAlert> & { host?: string; title?: string } = {},
): PipelineAlert {
  const { host = 'web-1', title = 'Sample rule', ...rest } = more
  const time = FIRST + minute * 60_000
  const tags = ['attack.t1003']
  const rule = {
    id: `rule-${title}`,
    title,
    level: 'high',
    version: '1',
    author: 'A. Author',
    licence: 'DRL-1.1',
    link: 'https://example.org/r',
    tags,
  }
  return {
    ...{
      id: `alert-${title}-${host}-${minute}`,
      rule,
      file: 'stream',
      line: minute + 1,
      sequence: 1,
      receivedMs: time,
      eventMs: time,
    },
    ...{
      logSource: { product: 'linux' },
      matched: [{ field: 'CommandLine', wanted: '*shadow*', found: ['cat /etc/shadow'] }],
    },
    event: { Computer: host, CommandLine: 'cat /etc/shadow' },
    ...rest,
  }
}

export function groupOf(number: number, more: Partial<AlertGroup> = {}): AlertGroup {
  const first = FIRST + number * 60_000
  return {
    ...{
      number,
      signature: 'Sample rule',
      host: 'web-1',
      detector: 'sigma',
      level: 'high',
      first,
      last: first,
      alerts: 1,
    },
    ...{
      firstAlert: `alert-${number}`,
      addresses: ['203.0.113.7'],
      accounts: ['eve'],
      processes: [],
      techniques: ['T1003'],
    },
    ...more,
  }
}

export function decisionOf(group: AlertGroup, action: Action, score = 1): TriageFinding {
  const decision: Decision = {
    ...{ group: group.number, action, score, reason: { en: action, zh: action } },
    ...{ contributions: [], record: { attacks: 0, cases: 0 } },
  }
  return { kind: 'decision', network: 'net', model: 'untaught', group, decision }
}

/** Groups of these numbers, each escalated and alone in an open incident of its number. */
export function openIncidents(...numbers: readonly number[]): TriageFinding[] {
  return numbers.flatMap((number) => [
    decisionOf(groupOf(number), 'escalate', 3),
    incidentOf(number, [groupOf(number)]),
  ])
}

/** A person takes a ticket up and ends it. */
export async function closeTicket(house: ThreatHouse, by: Caller, id: string, resolution = 'noise'): Promise<void> {
  for (const body of [{ kind: 'acknowledge' }, { kind: 'resolve', resolution }, { kind: 'close' }])
    await house.call(by, 'POST /tickets/:id/actions', { params: { id }, body })
}

/** An open incident that these groups have just joined. */
export function incidentOf(number: number, groups: readonly [AlertGroup, ...AlertGroup[]]): IncidentFound {
  const [first, ...others] = groups.map((group) => ({ group, score: 1 }))
  const { summary } = sumOf(number, [first!, ...others])
  const added = groups.map((group) => group.number)
  return {
    ...{ kind: 'incident', network: 'net', incident: { ...summary, state: 'open' } },
    ...{ added, grown: [], absorbed: [] },
  }
}
