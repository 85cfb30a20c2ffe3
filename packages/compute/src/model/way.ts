import { type Job, type Level, type Pool, type Site, SLOW_DOWN, type Snapshot } from './snapshot.ts'

/** One way to run a job, start left open: pool, level, how long, how many chips are held, kW of all its chips before PUE. */
export interface Way {
  readonly site: Site
  readonly pool: Pool
  readonly level: number
  readonly slots: number
  readonly chips: number
  readonly kw: number
}

const EPSILON = 1e-9

/** Every way that sites, chips, trust, tier and deadline allow; empty when nothing fits. */
export function waysOf(snapshot: Snapshot, job: Job): Way[] {
  return snapshot.sites
    .filter((site) => job.sites?.includes(site.name) ?? true)
    .flatMap((site) =>
      site.pools.filter((pool) => mayUse(job, pool)).flatMap((pool) => inPool(snapshot, job, site, pool)),
    )
    .filter((way) => job.release + way.slots <= job.deadline)
}

function mayUse(job: Job, pool: Pool): boolean {
  return (job.chipTypes?.includes(pool.chip) ?? true) && (job.trust?.includes(pool.trust) ?? true)
}

function inPool(snapshot: Snapshot, job: Job, site: Site, pool: Pool): Way[] {
  const curve = snapshot.classes[job.class]?.[pool.chip] ?? []
  const fastest = Math.max(...curve.map((level) => level.speed))
  const floor = fastest * (1 - SLOW_DOWN[job.tier]) - EPSILON
  const chips = heldChips(job.chips, pool.nodeSize)
  return chips > pool.count
    ? []
    : curve.flatMap((at, level) =>
        at.speed >= floor
          ? [{ site, pool, level, slots: slotsOf(snapshot, job, at), chips, kw: (job.chips * at.watts) / 1000 }]
          : [],
      )
}

/** Chips that the gang holds: above one node it takes whole nodes. */
export function heldChips(gang: number, nodeSize: number): number {
  return gang <= nodeSize ? gang : Math.ceil(gang / nodeSize) * nodeSize
}

/** Running time in whole slots, writing checkpoints included. */
export function slotsOf(snapshot: Snapshot, job: Job, at: Level): number {
  const writing = job.checkpoint ? job.checkpoint.costSeconds / 60 / job.checkpoint.everyMinutes : 0
  const minutes = (job.hours * 60 * (1 + writing)) / at.speed
  return Math.max(1, Math.ceil(minutes / snapshot.slotMinutes - EPSILON))
}
