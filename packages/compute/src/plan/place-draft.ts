import type { DraftColumns } from './draft-columns.ts'
import { fits } from './insertion.ts'
import { place, type Usage } from './usage.ts'

/** Puts every job where a draft has it, as far as limits and quotas let it: what is worth most first. */
export function placeDraft(usage: Usage, columns: DraftColumns, draft: Int32Array): void {
  const { problem, quotaFree } = usage
  const order = [...draft.keys()].sort((a, b) => problem.unservedYuan[b]! - problem.unservedYuan[a]! || a - b)
  for (const j of order) {
    const column = draft[j]!
    if (column < 0) continue
    const way = columns.way[column]!
    const start = columns.start[column]!
    const quota = problem.quotaOf[j]!
    const granted = quota < 0 || problem.wayHours[way]! <= quotaFree[quota]!
    if (granted && fits(usage, { way, start, yuan: 0 })) place(usage, j, way, start)
  }
}
