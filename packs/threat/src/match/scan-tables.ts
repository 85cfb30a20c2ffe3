import { type FieldTables, type LiteralTable, PLACE, REPORTS } from './literal-table.ts'

type Report = (id: number) => void

/** Reports the literals found in bytes[from, to), a value in canonical form; some perhaps more than once. */
export function scanTables(
  { atStart, atEnd, anywhere, empty }: FieldTables,
  bytes: Uint8Array,
  { from, to }: { readonly from: number; readonly to: number },
  report: Report,
): void {
  if (from === to) tell(empty, report)
  if (atStart) scan(atStart, bytes, { from, to, by: 1 }, report)
  if (atEnd) scan(atEnd, bytes, { from: to - 1, to: from - 1, by: -1 }, report)
  if (anywhere) scan(anywhere, bytes, { from, to, by: 1 }, report)
}

interface Way {
  readonly from: number
  readonly to: number
  readonly by: 1 | -1
}

function scan(table: LiteralTable, bytes: Uint8Array, { from, to, by }: Way, report: Report): void {
  const { cells, denseEnd, classOf } = table
  let step = 0
  for (let i = from; i !== to; i += by) {
    const c = classOf[bytes[i] as number] as number
    let state = step & PLACE
    while (state >= denseEnd && cells[state] !== c) state = cells[state + 2] as number
    if (state < 0) return
    step = cells[state + (state < denseEnd ? c : 1)] as number
    if (step < 0) return
    if (step >= REPORTS) tell(findingAt(table, step & PLACE).reached, report)
  }
  if (step >= REPORTS) tell(findingAt(table, step & PLACE).ended, report)
}

function findingAt({ cells, denseEnd, classes, findings }: LiteralTable, place: number) {
  const number = cells[place + (place < denseEnd ? classes : 3)] as number
  return findings[number] as (typeof findings)[number]
}

function tell(ids: readonly number[], report: Report): void {
  for (let k = 0; k < ids.length; k += 1) report(ids[k] as number)
}
