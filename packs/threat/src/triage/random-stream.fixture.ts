import { alertAt } from '../group/seen-alert.fixture.ts'
import type { SeenAlert } from '../group/seen-alert.ts'
import type { WatchOptions } from './watch.ts'

const MINUTE = 60_000
const SIGNATURES = [
  'virus table updated',
  'login failed',
  'scan of many ports',
  'new service on a server',
  'DNS to far',
]
const ALERTS = 900

/** Alerts of four hosts: calm stretches, floods, pauses, and one alert in seven up to fifty minutes late. */
export function randomAlerts(seed: number): SeenAlert[] {
  const random = randomFrom(seed)
  let minute = 0
  return Array.from({ length: ALERTS }, (_, at) => {
    minute += stepAt(at, random)
    const behind = random() < 1 / 7 ? 50 * random() ** 3 : 0
    const signature = pick(SIGNATURES, random)
    const techniques = random() < 0.5 ? [`T${1000 + Math.floor(5 * random())}`] : []
    const host = pick(['web', 'db', 'mail', 'dns'], random)
    return alertAt(minute - behind, signature, host, { techniques, detector: pick(['sigma', 'wazuh'], random) })
  })
}

/** Small bounds, so that each of them is reached. */
export function randomOptions(seed: number): WatchOptions {
  const random = randomFrom(seed + 1000)
  return {
    grouping: { gap: MINUTE * (1 + Math.floor(3 * random())), maxOpen: 15 },
    reach: 30 * MINUTE,
    nearest: 5 + Math.floor(80 * random()),
    settle: 15 * MINUTE,
    delay: 30 * MINUTE,
    maxWatched: pick([20, 60, 500], random),
  }
}

/** Minutes until the next alert; every third hundred is a flood. */
function stepAt(at: number, random: () => number): number {
  if (random() < 0.005) return 100 * random()
  return (Math.floor(at / 100) % 3 === 2 ? 0.1 : 2) * random()
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(list.length * random())] as T
}

/** Park and Miller's generator: numbers from 0 to 1. */
function randomFrom(seed: number): () => number {
  let state = ((seed * 7919) % 2_147_483_646) + 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
