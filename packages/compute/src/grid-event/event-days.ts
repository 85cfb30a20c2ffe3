import { datesOf } from '../settlement/dates.ts'
import type { GridEventRow } from './grid-event.ts'

type Held = Pick<GridEventRow, 'id' | 'from' | 'to'> & { readonly request: Pick<GridEventRow['request'], 'sites'> }

/** Dates, as 2026-10-01, that other events touch at a site of this one: power was low on them because the grid had asked. Pure. */
export function otherEventDays(event: Held, all: readonly Held[], utcOffsetMinutes: number): readonly string[] {
  const { sites } = event.request
  const others = all.filter(({ id, request }) => id !== event.id && request.sites.some((site) => sites.includes(site)))
  const spans = others.map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() }))
  return [...new Set(spans.flatMap((span) => datesOf(span, utcOffsetMinutes)))]
}
