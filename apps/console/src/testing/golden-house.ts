import { readFileSync } from 'node:fs'
import { goldenEngine } from './golden-engine.ts'
import { GOLDEN_RESPONSE } from './golden-response.ts'
import { GOLDEN_RULE } from './golden-rule.ts'
import { GOLDEN_THREAT, goldenThreatPage, ruleId } from './golden-threat.ts'
import { GOLDEN_TICKET } from './golden-ticket.ts'
import { GOLDEN_TRIAGE } from './golden-triage.ts'
import { manyBars } from './many-bars.ts'

const read = (name: string): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))

const compute = read('golden-compute.json')

/**
 * Answers of a house with three scenarios and a planned day, by path under /api/v1. The records are really signed and logged
 * under sample keys, so that the browser verifies them.
 */
export const GOLDEN_HOUSE: Readonly<Record<string, unknown>> = {
  ...read('golden-house.json'),
  ...compute,
  '/compute/plans/plan_weak/board': compute['/compute/plans/plan_01m80xaaxqpvafn2ftbke224gw/board'],
  '/compute/plans/plan_many/bars': manyBars(5_000),
  ...goldenEngine(['plan_01m80xaaxqpvafn2ftbke224gw', 'plan_weak']),
  ...GOLDEN_THREAT,
  ...GOLDEN_TRIAGE,
  ...GOLDEN_RULE,
  ...GOLDEN_RESPONSE,
  ...GOLDEN_TICKET,
}

/** Ids that tests ask for by name. */
export const GOLDEN = {
  scenario: 'turbine-nox',
  benchmark: 'nox',
  submission: 'sub_01kq3z0e7m4tqv9h2',
  plan: 'plan_01m80xaaxqpvafn2ftbke224gw',
  /** A plan that proves little, one on its way, one that failed, and one of 5,000 jobs. */
  weakPlan: 'plan_weak',
  runningPlan: 'plan_running',
  failedPlan: 'plan_failed',
  manyJobs: 'plan_many',
  job: 'speech-01',
  event: 'event_01m80yvb17krcym6ew83wyhdss',
  settled: 'event_01m80z5793nxk8s7wt9jpwsr07',
  incident: 'incident_00000',
  alert: 'alert_0000',
  group: 'group_0',
  rule: ruleId(0),
  /** A rule in quarantine. */
  stalling: ruleId(3),
  playbook: 'playbook--isolate-host',
  run: 'run_0',
  ticket: 'ticket_0',
  running: 'sub_01kq3z6e7m4tqv9h2',
  refused: 'sub_01kq3z5e7m4tqv9h2',
  record: 'cfcf053e26c24d4da180fa755e29c8d6bf125dc7b29f040e3af600a6b77ed0e9',
} as const

const MISSING = {
  type: 'about:blank',
  title: 'not found',
  status: 404,
  code: 'house.not_found',
  text: { en: 'there is nothing here; go back to the overview', zh: '此处没有内容；请返回总览' },
  details: {},
}

/** The answer of the golden house to a GET, whatever its query but the place in a long list. */
export function goldenAnswer(url: string): { readonly status: number; readonly body: string } {
  const asked = new URL(url, 'http://golden.house')
  const found = goldenThreatPage(asked) ?? GOLDEN_HOUSE[asked.pathname.replace('/api/v1', '')]
  return { status: found ? 200 : 404, body: JSON.stringify(found ?? MISSING) }
}
