import type { Placement, Snapshot } from '../model/snapshot.ts'
import { wayOf, waysOf } from '../model/way.ts'

/** Chips held by slot, whole nodes included: site, then pool, in the order of the snapshot. Placements are ways of their jobs. */
export function chipsByPool(snapshot: Snapshot, placements: readonly Placement[]): Int32Array[][] {
  const used = snapshot.sites.map((site) => site.pools.map(() => new Int32Array(snapshot.slots)))
  const jobs = new Map(snapshot.jobs.map((job) => [job.name, job]))
  for (const placement of placements) {
    const way = wayOf(waysOf(snapshot, jobs.get(placement.job)!), placement)!
    const s = snapshot.sites.indexOf(way.site)
    const chips = used[s]![way.site.pools.indexOf(way.pool)]!
    for (let t = placement.start; t < placement.start + placement.slots; t += 1) chips[t]! += way.chips
  }
  return used
}
