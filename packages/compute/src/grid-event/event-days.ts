import { dateOf } from '../settlement/baseline.ts'
import { MINUTE } from '../settlement/meter.ts'
import type { GridEventRow } from './grid-event.ts'

const DAY = 24 * 60 * MINUTE

type Held = Pick<GridEventRow, 'id' | 'from' | 'to'> & { readonly request: Pick<GridEventRow['request'], 'sites'> }

/** Dates, as 2026-10-01, that other events touch at a site of this one: power was low on them because the grid had asked. Pure. */
export function otherEventDays(event: Held, all: readonly Held[], utcOffsetMinutes: number): readonly string[] {
  const { sites } = event.request
  const others = all.filter(({ id, request }) => id !== event.id && request.sites.some((site) => sites.includes(site)))
  return [...new Set(others.flatMap((other) => datesOf(other, utcOffsetMinutes)))]
}

function datesOf({ from, to }: Held, utcOffsetMinutes: number): string[] {
  const last = to.getTime() - 1
  const days = Array.from({ length: Math.ceil((last - from.getTime()) / DAY) }, (_, k) => from.getTime() + k * DAY)
  return [...days, last].map((at) => dateOf(at, { utcOffsetMinutes }))
}
