import type { DayView } from '@dengta/sdk'

/** A stored day. Its snapshot is a blob named by `snapshot`; the file as it was uploaded is the blob `sourceFile`. */
export interface Day {
  readonly id: string
  readonly snapshot: string
  readonly sourceFile: string
  readonly name: string
  readonly origin: DayView['origin']
  readonly source: string
  readonly startsAt: Date
  readonly slots: number
  readonly slotMinutes: number
  readonly jobs: number
  readonly participants: number
  readonly sites: DayView['sites']
  readonly uploadedBy: string
  readonly uploadedAt: Date
}

type Horizon = Pick<Day, 'startsAt' | 'slots' | 'slotMinutes'>

/** The moment at which a slot begins. */
export function timeOfSlot({ startsAt, slotMinutes }: Horizon, slot: number): Date {
  return new Date(startsAt.getTime() + slot * slotMinutes * 60_000)
}

const MINUTES_A_DAY = 24 * 60
const FARTHEST_EAST = 12 * 60

/** Minutes ahead of UTC, -719 to 720, of the clock of a day: the one on which it begins at 00:00, as the times of its file do. */
export function utcOffsetOf({ startsAt }: Pick<Day, 'startsAt'>): number {
  const minutesAgo = Math.floor(startsAt.getTime() / 60_000) % MINUTES_A_DAY
  const ahead = (2 * MINUTES_A_DAY - minutesAgo) % MINUTES_A_DAY
  return ahead > FARTHEST_EAST ? ahead - MINUTES_A_DAY : ahead
}

export const endOf = (day: Horizon): Date => timeOfSlot(day, day.slots)

/** The slot that a moment lies in; -1 before the day, `slots` after it. */
export function slotAt(day: Horizon, at: Date): number {
  const slot = Math.floor((at.getTime() - day.startsAt.getTime()) / (day.slotMinutes * 60_000))
  return Math.max(-1, Math.min(day.slots, slot))
}

/** Midnight UTC that comes next. */
export function nextMidnight(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1))
}

export function dayView(day: Day, plan: string | undefined): DayView {
  const { sourceFile: _, startsAt, uploadedAt, ...rest } = day
  return {
    ...rest,
    sites: [...day.sites],
    startsAt: startsAt.toISOString(),
    uploadedAt: uploadedAt.toISOString(),
    ...(plan !== undefined && { plan }),
  }
}
