import type { Text } from '@dengta/kernel'
import type { AlertGroup } from '../group/alert-group.ts'
import { type Around, eachAround } from './around.ts'
import type { WatchWindow, WindowColumns } from './watch-window.ts'
import type { WatchedGroup } from './watched-group.ts'

/**
 * Every fact with its words. Counts are log(1 + n), times log(1 + hours). None knows a host's name or a verdict. Around this
 * time means: within `WatchOptions.reach`, at most `WatchOptions.nearest` groups before and as many after it.
 */
export const FACTS = {
  age: { en: 'how long this network has been watched', zh: '本网络已观察的时长' },
  settled: { en: 'the first hours of watching are over', zh: '已过观察初期' },
  signatureSeen: { en: 'earlier groups of this signature', zh: '该特征此前的告警组数' },
  pairSeen: { en: 'earlier groups of this signature on this host', zh: '该特征在该主机上此前的告警组数' },
  hostSeen: { en: 'earlier groups on this host', zh: '该主机此前的告警组数' },
  pairIdle: { en: 'time since this signature was last seen on this host', zh: '该特征距上次出现在该主机的时间' },
  signatureIdle: { en: 'time since this signature was last seen anywhere', zh: '该特征距上次出现在任何主机的时间' },
  burst: { en: 'alerts in the first minute', zh: '第一分钟内的告警数' },
  volume: { en: 'alerts until the group settled', zh: '归组稳定前的告警数' },
  overUsual: { en: 'burst above the greatest this pair has shown', zh: '突发量超过此前最大值的程度' },
  rate: { en: 'how often this pair usually fires', zh: '该特征在该主机上的平常触发频率' },
  fleet: { en: 'other hosts with the same signature at the same time', zh: '同时出现同一特征的其他主机数' },
  kindsOnHost: { en: 'different signatures on this host around this time', zh: '该主机此时段内不同特征的数量' },
  newOnHost: { en: 'rare signatures on this host around this time', zh: '该主机此时段内的罕见特征' },
  newElsewhere: { en: 'rare signatures on other hosts around this time', zh: '其他主机此时段内的罕见特征' },
  detectors: { en: 'different detectors on this host around this time', zh: '该主机此时段内报警的检测器种类' },
  busy: { en: 'groups in the whole network around this time', zh: '全网此时段内的告警组数' },
  loneChange: {
    en: 'several long-quiet signatures at once on this host and on no other',
    zh: '多个久未出现的特征同时只在该主机上出现',
  },
  loneIdle: { en: 'long quiet, and on no other host now', zh: '久未出现，且此刻仅在该主机上出现' },
  dnsVolume: { en: 'DNS alerts on this host around this time', zh: '该主机此时段内的 DNS 告警量' },
  dnsKinds: { en: 'different DNS signatures on this host around this time', zh: '该主机此时段内不同 DNS 特征的数量' },
} as const satisfies Record<string, Text>

export type FactName = keyof typeof FACTS
export const FACT_NAMES = Object.keys(FACTS) as FactName[]

const HOUR = 3_600_000
const FLEET_WITHIN = 900_000
const AT_ONCE = 60_000
const LONG_QUIET = 6 * HOUR
/** log(1 + hours) beyond which a network counts as known; about eleven hours. */
const SETTLED = 2.5

/** The facts of a group from its own past and the groups around it, in the order of FACTS; one pass over these. */
export function factsOf(watched: WatchedGroup, around: Around): Float64Array {
  const tally = new Tally(watched, around)
  eachAround(around, (place) => tally.add(place))
  const fleet = Math.log1p(tally.fleet.size)
  const facts: Record<FactName, number> = {
    ...ownFacts(watched),
    ...hostFacts(tally),
    fleet,
    newElsewhere: Math.log1p(tally.rare - tally.rareHere),
    busy: Math.log1p(tally.groups),
    loneChange: fleet === 0 && isKnown(watched) ? Math.log1p(tally.changes.size) : 0,
    loneIdle: fleet === 0 ? hoursLog(idle(watched)) : 0,
  }
  return Float64Array.from(FACT_NAMES, (name) => facts[name])
}

/** What is counted of the groups around one. A group itself is read only where its host or its signature may be the same. */
class Tally {
  groups = 0
  /** Sums of `WindowColumns.rarity`: everywhere, and on this host. */
  rare = 0
  rareHere = 0
  /** Other hosts with this signature now. */
  readonly fleet = new Set<string>()
  /** Alerts on this host by signature. */
  readonly kinds = new Map<string, number>()
  readonly detectors: Set<string>
  /** Signatures that broke a long silence on this host within a minute of this one, which did so too. */
  readonly changes = new Set<string>()
  readonly #self: AlertGroup
  readonly #isChange: boolean
  readonly #window: WatchWindow
  readonly #columns: WindowColumns
  /** Fingerprints of the group itself. */
  readonly #host: number
  readonly #signature: number

  constructor(watched: WatchedGroup, { window, self }: Around) {
    this.#self = watched.group
    this.#isChange = idle(watched) > LONG_QUIET
    this.detectors = new Set([watched.group.detector])
    this.#window = window
    this.#columns = window.columns
    this.#host = window.columns.host[self]!
    this.#signature = window.columns.signature[self]!
  }

  add(place: number): void {
    const { rarity, host, signature } = this.#columns
    this.groups += 1
    this.rare += rarity[place]!
    if (host[place] === this.#host || signature[place] === this.#signature) this.#addAlike(place)
  }

  #addAlike(place: number): void {
    const other = this.#window.at(place)!
    if (other.group.host === this.#self.host) this.#addHere(other, this.#columns.rarity[place]!)
    else if (other.group.signature === this.#self.signature && this.#isWithin(FLEET_WITHIN, other.group))
      this.fleet.add(other.group.host)
  }

  #addHere(other: WatchedGroup, rarity: number): void {
    const { signature, detector, alerts } = other.group
    this.rareHere += rarity
    this.kinds.set(signature, (this.kinds.get(signature) ?? 0) + alerts)
    this.detectors.add(detector)
    if (!this.#isChange || signature === this.#self.signature) return
    if (idle(other) > LONG_QUIET && this.#isWithin(AT_ONCE, other.group)) this.changes.add(signature)
  }

  #isWithin(ms: number, { first }: AlertGroup): boolean {
    return Math.abs(first - this.#self.first) <= ms
  }
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

function hostFacts({ kinds, detectors, rareHere }: Tally) {
  const dns = [...kinds].filter(([signature]) => isDns(signature))
  return {
    kindsOnHost: Math.log1p(kinds.size),
    newOnHost: Math.log1p(rareHere),
    detectors: detectors.size,
    dnsVolume: Math.log1p(dns.reduce((sum, [, alerts]) => sum + alerts, 0)),
    dnsKinds: Math.log1p(dns.length),
  }
}

/** In the first hours of watching everything is new, so that novelty says nothing. */
function isKnown({ group, past }: WatchedGroup): boolean {
  return hoursLog(group.first - past.start) >= SETTLED
}

function idle({ group, past }: WatchedGroup): number {
  return group.first - past.signature.last
}

function hoursLog(ms: number): number {
  return Math.log1p(Math.max(0, ms) / HOUR)
}

function isDns(signature: string): boolean {
  return /\bdns\b/i.test(signature)
}
