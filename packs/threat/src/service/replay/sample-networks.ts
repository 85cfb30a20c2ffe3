import type { SeenAlert } from '../../group/seen-alert.ts'
import type { LabelledAlert } from './labelled-stream.ts'

/** Networks of our own making, for machines without the real ones. Everything they say is SIMULATED. */
export const SAMPLE_NETWORKS: readonly string[] = ['birch', 'cedar', 'elm', 'maple', 'oak', 'rowan']

const MINUTE = 60_000
const START = Date.UTC(2026, 9, 1)
const DAYS = 3
const HOSTS = ['web-1', 'web-2', 'mail', 'files', 'desk-1', 'desk-2', 'desk-3']

/** Name, minutes between two of them on one host, chance that a turn is left out. */
const NOISE: readonly (readonly [string, number, number])[] = [
  ['sample: signature database updated', 120, 0.1],
  ['sample: login failed once', 300, 0.3],
  ['sample: long DNS name', 200, 0.2],
  ['sample: unusual user agent', 500, 0.4],
  ['sample: disk nearly full', 800, 0.5],
]

/** Two intrusions a network, their steps with techniques and alerts in them. */
const STEPS: readonly {
  name: string
  signature: string
  technique: string
  alerts: number
  after: number
  level: string
}[] = [
  { name: 'scan', signature: 'sample: scan of many ports', technique: 'T1046', alerts: 40, after: 0, level: 'medium' },
  {
    name: 'webshell',
    signature: 'sample: shell started by a web server',
    technique: 'T1505.003',
    alerts: 3,
    after: 12,
    level: 'high',
  },
  {
    name: 'crack',
    signature: 'sample: password hashes read',
    technique: 'T1003',
    alerts: 6,
    after: 25,
    level: 'critical',
  },
  {
    name: 'collect',
    signature: 'sample: archive of many files',
    technique: 'T1560',
    alerts: 2,
    after: 45,
    level: 'high',
  },
  {
    name: 'send',
    signature: 'sample: much data to a new address',
    technique: 'T1048',
    alerts: 4,
    after: 52,
    level: 'critical',
  },
  { name: 'escalate', signature: 'sample: new administrator', technique: 'T1098', alerts: 2, after: 37, level: 'high' },
]

/** The same name gives the same alerts, by time. */
export function* sampleAlerts(network: string): Generator<LabelledAlert> {
  const random = seeded(SAMPLE_NETWORKS.indexOf(network) + 1)
  const alerts = [...noise(random), ...intrusion(random, 1), ...intrusion(random, 2)].sort(
    (one, other) => one.alert.time - other.alert.time,
  )
  let number = 0
  for (const { alert, ...label } of alerts) {
    number += 1
    yield { alert: { ...alert, id: `${network}:${number}` }, ...label }
  }
}

type Random = () => number

function* noise(random: Random): Generator<LabelledAlert> {
  for (const host of HOSTS) {
    for (const [signature, every, left] of NOISE) {
      const phase = random() * every
      for (let minute = phase; minute < DAYS * 1440; minute += every * (0.8 + 0.4 * random())) {
        if (random() < left) continue
        const alert = alertAt(minute, { host, signature, level: 'low' }, random)
        yield { alert, step: '-', outside: true }
      }
    }
  }
}

function* intrusion(random: Random, day: number): Generator<LabelledAlert> {
  const begin = (day + 0.9 * random()) * 1440
  const host = random() < 0.5 ? 'web-1' : 'web-2'
  const address = `203.0.113.${1 + Math.floor(200 * random())}`
  for (const { name, signature, technique, alerts, after, level } of STEPS) {
    for (let n = 0; n < alerts; n += 1) {
      const alert = alertAt(begin + after + n * 0.05, { host, signature, level }, random)
      yield {
        alert: { ...alert, addresses: [address], techniques: [technique] },
        step: `${name} ${day}`,
        outside: false,
      }
    }
  }
}

function alertAt(minute: number, what: Pick<SeenAlert, 'host' | 'signature' | 'level'>, random: Random): SeenAlert {
  const time = START + Math.round(minute * MINUTE)
  const address = `10.0.0.${1 + Math.floor(60 * random())}`
  return { id: '', time, ...what, addresses: [address], techniques: [], detector: 'sample' }
}

/** mulberry32: the same seed gives the same numbers on every machine. */
function seeded(seed: number): Random {
  let state = seed * 0x9e3779b9
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
