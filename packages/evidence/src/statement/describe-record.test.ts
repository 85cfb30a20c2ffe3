import { expect, test } from 'vitest'
import { evaluation, isolation, participant, type SignedRecord, submission } from '../export/sample-log.fixture.ts'
import { PREDICATES, type Predicate, type RecordKind } from '../predicates/index.ts'
import { describeRecord } from './describe-record.ts'
import { makeStatement, parseStatement } from './statement.ts'

const digest = 'ab12'.repeat(16)
const subjects = [{ name: 'x', digest: { sha256: digest } }]
const header = { at: '2026-03-01T08:00:00Z', actor: 'lab', basis: [] }

function read({ envelope }: SignedRecord) {
  return describeRecord({ statement: parseStatement(Uint8Array.from(atob(envelope.payload), (c) => c.charCodeAt(0))) })
}

function say<K extends RecordKind>(kind: K, predicate: Omit<Predicate<K>, 'at' | 'actor' | 'basis'>) {
  return describeRecord({
    statement: makeStatement(kind, subjects, { ...header, ...predicate } as unknown as Predicate<K>) as never,
  })
}

const both = { submission: submission('a'), isolation: isolation('a') }
const text = { en: 'NOx', zh: '氮氧化物' }
const quantity = { value: 1, unit: 'kg' }

const SAMPLES: Readonly<Record<RecordKind, () => { en: string; zh: string }>> = {
  participant: () => read(participant('vendor')),
  submission: () => read(both.submission),
  isolation: () => read(both.isolation),
  evaluation: () => read(evaluation('a', both)),
  scenario: () =>
    say('scenario', {
      title: text,
      industry: 'power',
      owner: 'plant',
      origin: 'real',
      painPoint: {
        decision: text,
        actor: text,
        quantity: text,
        unit: 'kg',
        place: text,
        frequency: text,
        baseline: quantity,
      },
      requirement: { summary: text, criteria: [], errorCosts: [], guardMetrics: [], measurement: text },
      file: digest,
    }),
  benchmark: () =>
    say('benchmark', {
      benchmark: 'nox',
      title: text,
      task: 'regression',
      metric: 'r2',
      direction: 'higher',
      split: { kind: 'time', rule: text },
      definition: digest,
    }),
  seal: () =>
    say('seal', {
      benchmark: 'nox',
      dataset: 'turbine',
      origin: 'real',
      licence: 'CC-BY-4.0',
      source: 'UCI',
      rows: 10,
      openRows: 6,
      hiddenRows: 4,
      columns: [],
      commitment: digest,
      hiddenCommitment: digest,
      openPart: digest,
      definition: digest,
    }),
  quality: () =>
    say('quality', {
      benchmark: 'nox',
      dataset: 'turbine',
      verdict: 'pass',
      rowsChecked: 10,
      faults: [],
      report: digest,
    }),
  leak: () =>
    say('leak', {
      benchmark: 'nox',
      dataset: 'turbine',
      verdict: 'fail',
      exactVectors: 1,
      exactRows: 2,
      nearRows: 3,
      nearDistance: 0.1,
      hiddenRows: 4,
      limits: { exactVectors: 0, nearShare: 0 },
    }),
  refusal: () =>
    say('refusal', {
      submission: 's1',
      benchmark: 'nox',
      model: digest,
      stage: 'check',
      code: 'model.too_big',
      outcome: 'refused',
    }),
  replay: () => say('replay', { submission: 's1', evaluation: digest, expected: digest, got: digest, same: true }),
  gate: () =>
    say('gate', { gate: 'G3', about: 's1', decision: 'NOT_PROVEN', reasons: [], policy: 'p', verifier: 'dengta' }),
  plan: () =>
    say('plan', {
      plan: 'plan_1',
      day: 'sample day',
      origin: 'simulated',
      snapshot: digest,
      file: digest,
      effort: { seed: 1, ascents: 2, rounds: 3 },
      jobs: 20,
      unserved: 1,
      terms: { unserved: 60, delay: 0, grid: 0, electricity: 30, demandCharge: 0, carbon: 10, fairness: 0, moves: 0 },
      yuan: 100,
      bound: 93,
      gap: 0.07,
      boundWeak: true,
      service: { valueBound: 50, jobsBound: 0.8 },
      check: { ok: true, faults: [] },
    }),
  'grid-event': () =>
    say('grid-event', {
      event: 'event_1',
      plan: 'plan_1',
      sites: ['north', 'west'],
      from: '2026-03-01T06:00:00Z',
      to: '2026-03-01T09:00:00Z',
      depth: 0.25,
      noticeMinutes: 15,
      plannedKwh: 400,
      targetKwh: 300,
    }),
  settlement: () =>
    say('settlement', {
      event: 'event_1',
      baselineMethod: 'plan',
      source: 'estimate',
      baselineKwh: 400,
      drawnKwh: 298,
      requestedKwh: 100,
      deliveredKwh: 102,
      minutes: 180,
      minutesWithin: 180,
      file: digest,
    }),
  usage: () =>
    say('usage', {
      ...{ job: digest, origin: 'simulated', outcome: 'done', engine: 'local', site: 'west', chip: 'npu', chips: 4 },
      ...{ startedAt: '2026-11-22T08:00:00.000Z', endedAt: '2026-11-22T09:00:00.000Z', chipHours: 4 },
      energy: { joules: 125_000, method: 'estimate', source: 'processor time x 10 W a core' },
    }),
  'rule-set': () =>
    say('rule-set', {
      hash: digest,
      source: 'sample',
      licence: 'DRL-1.1',
      rules: 3757,
      correlations: 10,
      filters: 0,
      refused: 2,
    }),
  'triage-model': () =>
    say('triage-model', {
      model: 'model_1',
      origin: 'real',
      sites: [{ name: 'a', cases: 10, judged: 9, attacks: 1 }],
      bounds: { falseAlarms: 0.01, missed: 0.25, confidence: 0.95 },
      proof: {
        threshold: 0.5,
        falseAlarms: { count: 3, of: 1000, upper: 0.008 },
        missed: { count: 2, of: 40, upper: 0.16 },
      },
      file: digest,
    }),
  'triage-decisions': () =>
    say('triage-decisions', {
      flow: 'live',
      model: 'model_1',
      decisions: 100,
      actions: { close: 80, suppress: 18, escalate: 1, hand_over: 1 },
      from: '2026-03-01T06:00:00Z',
      to: '2026-03-01T09:00:00Z',
      file: digest,
      root: digest,
    }),
  'response-step': () =>
    say('response-step', {
      fact: 'run_1:4',
      run: 'run_1',
      playbook: { id: 'playbook--1', modified: '2026-03-01T06:00:00Z', digest },
      step: 'action--1',
      phase: 'do',
      event: 'command',
      requester: 'ann',
      approvers: ['lea'],
      by: 'worker',
      result: 'succeeded',
      happened: '2026-03-01T06:00:00Z',
    }),
  'incident-closed': () =>
    say('incident-closed', {
      incident: 'incident_1',
      verdict: 'attack',
      by: 'ann',
      groups: 4,
      alerts: 90,
      techniques: ['T1003'],
      first: '2026-03-01T06:00:00Z',
      last: '2026-03-01T07:00:00Z',
    }),
  'ticket-closed': () =>
    say('ticket-closed', {
      ticket: 'ticket_1',
      severity: 'high',
      by: 'ann',
      event: '2026-03-01T06:00:00Z',
      detected: '2026-03-01T06:30:00Z',
      closed: '2026-03-01T08:00:00Z',
      looks: 3,
      reopenings: 0,
    }),
  'threat-replay': () =>
    say('threat-replay', {
      replay: 'replay_1',
      origin: 'real',
      source: 'AIT-ADS',
      model: 'model_1',
      labels: 'published',
      events: 0,
      alerts: 45_000,
      groups: 1000,
      incidents: 2,
      automaticGroups: { count: 980, of: 1000 },
      automaticAlerts: { count: 44_000, of: 45_000 },
      falseGroups: { count: 3, of: 950 },
      falseIncidents: { count: 1, of: 2 },
      missedSteps: { count: 1, of: 9 },
    }),
}

test('every kind says its fact in one sentence, in both languages', () => {
  const said = (Object.keys(PREDICATES) as RecordKind[]).map((kind) => SAMPLES[kind]())
  expect(said.map(({ en, zh }) => `${en}\n${zh}`)).toMatchSnapshot()
  for (const { en, zh } of said) {
    expect(`${en}${zh}`).not.toMatch(/undefined|\[object|NaN|\{\w+\}/)
    expect(zh).toMatch(/\p{Script=Han}/u)
  }
})
