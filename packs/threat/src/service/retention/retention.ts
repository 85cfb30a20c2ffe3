/** How long rows that nobody waits for are kept. Records in the log stay for ever, whatever this says. */
export interface Retention {
  /** Since a decision was sealed or judged, an incident or ticket closed, a message delivered. */
  readonly days: number
  /** Groups that nobody waits for, at most; beyond it the oldest that nobody judged go first, then the oldest judged. */
  readonly groups: number
}

export const USUAL_RETENTION: Retention = { days: 90, groups: 200_000 }

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** A group that nobody waits for. */
export interface DoneGroup {
  readonly seq: string
  readonly id: string
  readonly sealedAt: Date
  /** When it was sealed, or judged where that was later. */
  readonly at: Date
  readonly judged: boolean
  /** Its order still keeps others out of the queue, or its replay runs. */
  readonly needed: boolean
}

/** Which groups go: those of before a time, or a number of them, the oldest first. */
export interface Going {
  readonly before: Date
  /** At most so many. */
  readonly most: number
  readonly judged: boolean
}

export function tooOld({ days }: Retention, now: Date): Going {
  return { before: new Date(now.getTime() - days * DAY_MS), most: Number.POSITIVE_INFINITY, judged: true }
}

/** Beyond the limit: whatever was decided within the hour stays, and may be looked at. */
export function tooMany({ groups }: Retention, kept: number, now: Date): Omit<Going, 'judged'> {
  return { before: new Date(now.getTime() - HOUR_MS), most: Math.max(0, kept - groups) }
}

export function goingOf(groups: readonly DoneGroup[], { before, most, judged }: Going): readonly string[] {
  const fit = groups.filter((group) => group.at < before && !group.needed && (judged || !group.judged))
  return fit.slice(0, most).map(({ id }) => id)
}

/** Groups stand in the order of their sealing, whenever they were judged: behind ones sealed of late there are only such. */
export const areAllYoung = (groups: readonly DoneGroup[], { before }: Going): boolean =>
  groups.every(({ sealedAt }) => sealedAt >= before)
