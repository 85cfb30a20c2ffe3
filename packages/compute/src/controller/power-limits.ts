import type { Snapshot } from '../model/snapshot.ts'

/** A request of the grid to a site or a feeder: at most `limitKw` from `from` to before `to`, milliseconds since 1970. */
export interface GridRequest {
  /** Unique: a job is taken off its chips at most once under one name. */
  readonly name: string
  readonly at: string
  readonly from: number
  readonly to: number
  readonly limitKw: number
}

/** What a site or feeder may draw now, kW at the meter. */
export interface NodeLimit {
  readonly name: string
  readonly parent?: string | undefined
  readonly limitKw: number
  /** Requests of the grid that hold now. */
  readonly events: readonly string[]
}

export interface PowerLimits {
  readonly sites: readonly NodeLimit[]
  readonly feeders: readonly NodeLimit[]
  /** Minutes that a cut made now will have to hold. */
  readonly holdMinutes: number
}

export interface LimitsOptions {
  /** Start of slot 0, milliseconds since 1970. */
  readonly startsAt: number
  readonly requests: readonly GridRequest[]
}

/** The limits at `now`: envelope less reserve of the slot, lowered by every request that holds; the last slot goes on for ever. */
export function limitsAt(snapshot: Snapshot, now: number, { startsAt, requests }: LimitsOptions): PowerLimits {
  const slotMilliseconds = snapshot.slotMinutes * 60_000
  const slot = Math.min(snapshot.slots - 1, Math.max(0, Math.floor((now - startsAt) / slotMilliseconds)))
  const active = requests.filter(({ from, to }) => from <= now && now < to)
  const node = (name: string, parent: string | undefined, kw: number): NodeLimit => {
    const here = active.filter(({ at }) => at === name)
    const limitKw = here.reduce((least, request) => Math.min(least, request.limitKw), kw)
    return { name, parent, limitKw, events: here.map((request) => request.name) }
  }
  const longest = active.reduce((last, { to }) => Math.max(last, to), startsAt + (slot + 1) * slotMilliseconds)
  return {
    sites: snapshot.sites.map(({ name, feeder, envelopeKw, reserveKw }) =>
      node(name, feeder, envelopeKw[slot]! - reserveKw[slot]!),
    ),
    feeders: snapshot.feeders.map(({ name, parent, limitKw }) => node(name, parent, limitKw[slot]!)),
    holdMinutes: Math.max(1, (longest - now) / 60_000),
  }
}

/** Whether a site or feeder may draw less `now` than it might `before`. */
export function hasFallen(before: PowerLimits, now: PowerLimits): boolean {
  const of = ({ sites, feeders }: PowerLimits): readonly NodeLimit[] => [...sites, ...feeders]
  const was = new Map(of(before).map(({ name, limitKw }) => [name, limitKw]))
  return of(now).some(({ name, limitKw }) => limitKw < (was.get(name) ?? Number.POSITIVE_INFINITY))
}
