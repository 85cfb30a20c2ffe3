import { MINUTE } from '../settlement/meter.ts'

/** What one site owes to one event. Columns are by slot of the day that the event was announced over, kW at the meter. */
export interface EventTarget {
  readonly event: string
  readonly site: string
  /** Milliseconds since 1970; before `to`. */
  readonly from: number
  readonly to: number
  readonly startsAt: number
  readonly slotMinutes: number
  /** What the site may draw in all. */
  readonly totalKw: ArrayLike<number>
  /** The share of it that jobs which the house does not run may draw. */
  readonly othersKw: ArrayLike<number>
}

/** Value of a column at a moment; the last slot goes on for ever. */
export function columnAt(
  { startsAt, slotMinutes }: Pick<EventTarget, 'startsAt' | 'slotMinutes'>,
  column: ArrayLike<number>,
  at: number,
): number {
  const slot = Math.floor((at - startsAt) / (slotMinutes * MINUTE))
  return column[Math.min(column.length - 1, Math.max(0, slot))] ?? 0
}

export const holdsAt = ({ from, to }: Pick<EventTarget, 'from' | 'to'>, now: number): boolean => from <= now && now < to

/** The least that events leave a site in each slot of a day, kW; infinite where none holds. */
export function leastBySlot(
  targets: readonly EventTarget[],
  { startsAt, slotMinutes, slots }: { readonly startsAt: number; readonly slotMinutes: number; readonly slots: number },
): number[] {
  return Array.from({ length: slots }, (_, slot) => {
    const from = startsAt + slot * slotMinutes * MINUTE
    const to = from + slotMinutes * MINUTE
    const here = targets.filter((target) => target.from < to && from < target.to)
    const kw = here.map((target) => columnAt(target, target.totalKw, Math.max(from, target.from)))
    return Math.min(Number.POSITIVE_INFINITY, ...kw)
  })
}
