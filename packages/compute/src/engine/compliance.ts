import type { Resize } from '../controller/action.ts'
import type { JournalEntry } from '../controller/journal.ts'

/** How soon power was within its limits after an event began. */
export interface Compliance {
  /** Seconds from the beginning of the event; 0 where nothing stood above its limit. */
  readonly seconds: number
  /** Jobs that were put on fewer chips in that time, each with the request of the grid that asked for it. */
  readonly shrunk: readonly Resize[]
}

export interface ComplianceSpan {
  readonly sites: readonly string[]
  readonly from: number
  readonly to: number
}

/**
 * The longest of its sites, by the controller's journal; undefined where one of them still stood above its limit at the end. What
 * stood above one before the span, and had not come within it, counts from its beginning. Pure.
 */
export function complianceOf(
  entries: readonly JournalEntry[],
  { sites, from, to }: ComplianceSpan,
): Compliance | undefined {
  let seconds = 0
  const over = new Set<string>()
  for (const entry of entries) {
    if (entry.kind !== 'over' && entry.kind !== 'within') continue
    if (entry.at >= to || !sites.includes(entry.node)) continue
    if (entry.kind === 'over') over.add(entry.node)
    else if (over.delete(entry.node)) seconds = Math.max(seconds, (entry.at - from) / 1000)
  }
  return over.size > 0 ? undefined : { seconds, shrunk: shrunkIn(entries, from, to) }
}

const shrunkIn = (entries: readonly JournalEntry[], from: number, to: number): Resize[] =>
  entries
    .flatMap((entry) => (entry.kind === 'resized' && entry.at >= from && entry.at < to ? entry.jobs : []))
    .filter((job) => job.chips < job.from)
