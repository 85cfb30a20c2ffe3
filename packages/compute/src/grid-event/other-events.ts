import type { Span } from '../settlement/dates.ts'
import type { GridEventRow } from './grid-event.ts'

type Held = Pick<GridEventRow, 'id' | 'from' | 'to'> & { readonly request: Pick<GridEventRow['request'], 'sites'> }

/** When other events held at a site of this one: power was low then because the grid had asked. Pure. */
export function otherEvents(event: Held, all: readonly Held[]): readonly Span[] {
  const { sites } = event.request
  return all
    .filter(({ id, request }) => id !== event.id && request.sites.some((site) => sites.includes(site)))
    .map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() }))
}
