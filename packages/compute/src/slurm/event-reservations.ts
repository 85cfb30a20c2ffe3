import type { KeptPower } from '../executor/kept-power.ts'
import { wattsDrawn } from '../executor/watts.ts'
import type { PowerReservation, PowerReservations } from './power-reservations.ts'

/** Reservations of ours begin so; those of others are left alone. */
const OURS = 'dengta_'

/**
 * Keeps Slurm's reservations to what is to be kept free: makes what is missing, then ends what is no longer wanted. Its backfill
 * then starts nothing that would run into the event above its target, even while nobody controls it.
 */
export function reservationKeeper(reservations: PowerReservations): (kept: readonly KeptPower[]) => Promise<void> {
  let done: string | undefined
  return async (kept) => {
    const wanted = kept.map(reservationOf)
    const names = wanted.map(({ name }) => name)
    if (names.join() === done) return
    done = undefined
    const there = (await reservations.names()).filter((name) => name.startsWith(OURS))
    const missing = wanted.filter(({ name }) => !there.includes(name))
    if (missing.length > 0) await reservations.create(missing)
    const gone = there.filter((name) => !names.includes(name))
    if (gone.length > 0) await reservations.remove(gone)
    done = names.join()
  }
}

/** The name tells all that may change: another depth is another reservation. */
function reservationOf({ event, site, kw, from, to }: KeptPower): PowerReservation {
  const name = `${OURS}${event}_${site}_${wattsDrawn(kw)}`
  return { name, site, kw, startsAt: from, minutes: (to - from) / 60_000 }
}
