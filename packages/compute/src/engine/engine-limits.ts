import type { NodeLimit, PowerLimits } from '../controller/power-limits.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { feedersAbove } from '../plan/check-bound.ts'
import { MINUTE } from '../settlement/meter.ts'
import { columnAt, type EventTarget, holdsAt } from './event-target.ts'

/** The power side of what the engine must know. */
export interface PowerSituation {
  readonly snapshot: Snapshot
  /** Start of slot 0, milliseconds since 1970. */
  readonly startsAt: number
  /** Planned power, by site of the snapshot and slot, of jobs that the house does not run; kW. */
  readonly othersKw: readonly ArrayLike<number>[]
  readonly targets: readonly EventTarget[]
  /** Sites that the engine has chips at; all where absent. */
  readonly engineSites?: readonly string[] | undefined
}

/**
 * What the jobs of this house may draw now: envelope less reserve less what the plan gives to others; under an event the
 * target of the site less what others may draw of it.
 */
export function engineLimits(situation: PowerSituation, now: number): PowerLimits {
  const { snapshot, startsAt, targets, engineSites } = situation
  const horizon = { startsAt, slotMinutes: snapshot.slotMinutes }
  const others = situation.othersKw.map((kw) => columnAt(horizon, kw, now))
  const active = targets.filter((target) => holdsAt(target, now))
  const sites = snapshot.sites
    .map((site, s): NodeLimit => {
      const here = active.filter((target) => target.site === site.name)
      const free = columnAt(horizon, site.envelopeKw, now) - columnAt(horizon, site.reserveKw, now) - others[s]!
      const left = here.map((target) => leftOf(target, others[s]!, now))
      const limitKw = Math.max(0, Math.min(free, ...left))
      return { name: site.name, parent: site.feeder, limitKw, events: here.map(({ event }) => event) }
    })
    .filter(({ name }) => engineSites?.includes(name) ?? true)
  const feeders = snapshot.feeders.map(({ name, parent, limitKw }): NodeLimit => {
    const below = snapshot.sites.map((site, s) => (feedersAbove(snapshot, site).includes(name) ? others[s]! : 0))
    const drawn = below.reduce((sum, kw) => sum + kw, 0)
    return { name, parent, limitKw: Math.max(0, columnAt(horizon, limitKw, now) - drawn), events: [] }
  })
  return { sites, feeders, holdMinutes: holdMinutes(active, horizon, now) }
}

/** What an event leaves the jobs of this house, kW, where others draw `othersKw`; they may draw no more than their share of it. */
export function leftOf(target: EventTarget, othersKw: number, now: number): number {
  return columnAt(target, target.totalKw, now) - Math.min(othersKw, columnAt(target, target.othersKw, now))
}

/** A cut holds until the last event is over, or else until the slot is. */
function holdMinutes(
  active: readonly EventTarget[],
  { startsAt, slotMinutes }: { readonly startsAt: number; readonly slotMinutes: number },
  now: number,
): number {
  const slot = slotMinutes * MINUTE
  const slotEnd = startsAt + (Math.floor((now - startsAt) / slot) + 1) * slot
  const last = active.reduce((latest, { to }) => Math.max(latest, to), slotEnd)
  return Math.max(1, (last - now) / MINUTE)
}
