import type { AlertGroup } from '../group/alert-group.ts'
import { FACT_NAMES, type FactName } from './facts.ts'
import type { WatchedGroup } from './watched-group.ts'

const HOUR = 3_600_000
const FLEET_WITHIN = 900_000
const AT_ONCE = 60_000
const LONG_QUIET = 6 * HOUR
/** log(1 + hours) beyond which a network counts as known; about eleven hours. */
const SETTLED = 2.5

/** The facts of a group as `factsOf` takes them, a list and a pass for each. */
export function plainFacts(watched: WatchedGroup, around: readonly WatchedGroup[]): Float64Array {
  const onHost = around.filter((other) => other.group.host === watched.group.host)
  const fleet = Math.log1p(fleetOf(watched, around))
  const facts: Record<FactName, number> = {
    ...ownFacts(watched),
    ...hostFacts(watched, onHost),
    fleet,
    newElsewhere: Math.log1p(rarity(around) - rarity(onHost)),
    busy: Math.log1p(around.length),
    loneChange: fleet === 0 && isKnown(watched) ? Math.log1p(changesAtOnce(watched, onHost)) : 0,
    loneIdle: fleet === 0 ? hoursLog(idle(watched)) : 0,
  }
  return Float64Array.from(FACT_NAMES, (name) => facts[name])
}

function ownFacts({ group, past, burst }: WatchedGroup) {
  const age = group.first - past.start
  const usual = past.pair.groups === 0 ? 0 : Math.log1p(burst) - Math.log1p(past.pair.burst)
  return {
    age: hoursLog(age),
    settled: Math.min(hoursLog(age), SETTLED),
    signatureSeen: Math.log1p(past.signature.groups),
    pairSeen: Math.log1p(past.pair.groups),
    hostSeen: Math.log1p(past.host.groups),
    pairIdle: hoursLog(group.first - past.pair.last),
    signatureIdle: hoursLog(group.first - past.signature.last),
    burst: Math.log1p(burst),
    volume: Math.log1p(group.alerts),
    overUsual: usual,
    rate: Math.log1p(past.pair.groups / Math.max(1, age / HOUR)),
  }
}

function hostFacts({ group }: WatchedGroup, onHost: readonly WatchedGroup[]) {
  const dns = onHost.filter((other) => isDns(other.group.signature))
  return {
    kindsOnHost: Math.log1p(distinct(onHost, (other) => other.signature)),
    newOnHost: Math.log1p(rarity(onHost)),
    detectors: new Set([group.detector, ...onHost.map((other) => other.group.detector)]).size,
    dnsVolume: Math.log1p(dns.reduce((sum, other) => sum + other.group.alerts, 0)),
    dnsKinds: Math.log1p(distinct(dns, (other) => other.signature)),
  }
}

function fleetOf({ group }: WatchedGroup, around: readonly WatchedGroup[]): number {
  const same = around.filter(
    ({ group: other }) =>
      other.signature === group.signature &&
      other.host !== group.host &&
      Math.abs(other.first - group.first) <= FLEET_WITHIN,
  )
  return distinct(same, (other) => other.host)
}

/** Signatures that broke a long silence on this host within a minute of this one, which did so too. */
function changesAtOnce(watched: WatchedGroup, onHost: readonly WatchedGroup[]): number {
  if (idle(watched) <= LONG_QUIET) return 0
  const changes = onHost.filter(
    (other) =>
      other.group.signature !== watched.group.signature &&
      idle(other) > LONG_QUIET &&
      Math.abs(other.group.first - watched.group.first) <= AT_ONCE,
  )
  return distinct(changes, (other) => other.signature)
}

/** In the first hours of watching everything is new, so that novelty says nothing. */
function isKnown({ group, past }: WatchedGroup): boolean {
  return hoursLog(group.first - past.start) >= SETTLED
}

function idle({ group, past }: WatchedGroup): number {
  return group.first - past.signature.last
}

function rarity(groups: readonly WatchedGroup[]): number {
  return groups.reduce((sum, { past }) => sum + 1 / (1 + past.pair.groups), 0)
}

function distinct(groups: readonly WatchedGroup[], of: (group: AlertGroup) => string): number {
  return new Set(groups.map(({ group }) => of(group))).size
}

function hoursLog(ms: number): number {
  return Math.log1p(Math.max(0, ms) / HOUR)
}

function isDns(signature: string): boolean {
  return /\bdns\b/i.test(signature)
}
