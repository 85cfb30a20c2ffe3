import type { KeptPower } from '../executor/kept-power.ts'
import { wattsDrawn } from '../executor/watts.ts'
import type { PowerReservation, PowerReservations } from './power-reservations.ts'

/** Reservations of ours begin so; those of others are left alone. */
const OURS = 'dengta_'

/** Whatever stands under the name is to be changed. */
const UNKNOWN = -1

/**
 * Keeps Slurm's reservations to what an event will take: all that the guard of its site lets run now but what it leaves. Its backfill
 * then starts nothing that would run into the event above its target, even while nobody controls it.
 */
export function reservationKeeper(reservations: PowerReservations): (kept: readonly KeptPower[]) => Promise<void> {
  /** Watts by name; undefined where Slurm has to say what stands, at the start and after a fault. */
  let standing: ReadonlyMap<string, number> | undefined
  return async (kept) => {
    if (kept.length === 0 && standing?.size === 0) return
    const guards = kept.length === 0 ? new Map() : await reservations.guards(kept.map(({ site }) => site))
    const wanted = kept.map((each) => reservationOf(each, guards.get(each.site) ?? 0)).filter(({ kw }) => kw > 0)
    const before = standing ?? new Map((await reservations.names()).filter(isOurs).map((name) => [name, UNKNOWN]))
    standing = undefined
    const gone = [...before.keys()].filter((name) => !wanted.some((each) => each.name === name))
    if (gone.length > 0) await reservations.remove(gone)
    const missing = wanted.filter(({ name }) => !before.has(name))
    if (missing.length > 0) await reservations.create(missing)
    const changed = wanted.filter(({ name, kw }) => (before.get(name) ?? wattsDrawn(kw)) !== wattsDrawn(kw))
    if (changed.length > 0) await reservations.change(changed)
    standing = new Map(wanted.map(({ name, kw }) => [name, wattsDrawn(kw)]))
  }
}

const isOurs = (name: string): boolean => name.startsWith(OURS)

function reservationOf({ event, site, leftKw, from, to }: KeptPower, guardKw: number): PowerReservation {
  return { name: `${OURS}${event}_${site}`, site, kw: guardKw - leftKw, startsAt: from, minutes: (to - from) / 60_000 }
}
