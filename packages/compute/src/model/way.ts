import {
  type Gang,
  type Job,
  type Level,
  type Placement,
  type Pool,
  type Site,
  SLOW_DOWN,
  type Snapshot,
} from './snapshot.ts'

/** One way to run a job, start left open: pool, level, gang, how long, how many chips are held, kW of its chips before PUE. */
export interface Way {
  readonly site: Site
  readonly pool: Pool
  readonly level: number
  /** Chips of a gang smaller than the job's own; absent for the whole gang. */
  readonly gang?: number | undefined
  readonly slots: number
  readonly chips: number
  readonly kw: number
}

const EPSILON = 1e-9

/** Every way that sites, chips, trust, tier and deadline allow, whole gangs before smaller ones; empty when nothing fits. */
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
  const ways = (chips: number, speed: number, gang?: number): Way[] => {
    const held = heldChips(chips, pool.nodeSize)
    if (held > pool.count) return []
    return curve.flatMap((at, level) => {
      const { watts } = at
      if (at.speed * speed < floor) return []
      const slots = slotsOf(snapshot, job, { watts, speed: at.speed * speed })
      return [{ site, pool, level, gang, slots, chips: held, kw: (chips * watts) / 1000 }]
    })
  }
  return [ways(job.chips, 1), ...(job.gangs ?? []).map((gang) => ways(gang.chips, gang.speed, gang.chips))].flat()
}

/** The way that a placement takes. */
export function wayOf(ways: readonly Way[], { site, chip, level, chips }: Placement): Way | undefined {
  return ways.find(
    (way) => way.site.name === site && way.pool.chip === chip && way.level === level && way.gang === chips,
  )
}

/** A way as a placement, the gang stated only where it is smaller than the job's own. */
export function placementOf(job: string, { site, pool, level, slots, gang }: Way, start: number): Placement {
  const placed = { job, site: site.name, chip: pool.chip, level, start, slots }
  return gang === undefined ? placed : { ...placed, chips: gang }
}

/** The gang that a placement runs on: its chips, and its speed as a share of the whole gang's. */
export function gangOf(job: Pick<Job, 'chips' | 'gangs'>, { chips }: Pick<Placement, 'chips'>): Gang {
  return job.gangs?.find((gang) => gang.chips === chips) ?? { chips: chips ?? job.chips, speed: 1 }
}

/** Chips that the gang holds: above one node it takes whole nodes. */
export function heldChips(gang: number, nodeSize: number): number {
  return gang <= nodeSize ? gang : Math.ceil(gang / nodeSize) * nodeSize
}

/** Chips that a gang holds in the pool of a site; the gang's own where there is no such pool. */
export function heldAt(
  { sites }: Snapshot,
  { site, chip }: { readonly site: string; readonly chip: string },
  gang: number,
): number {
  const pools = sites.find(({ name }) => name === site)?.pools ?? []
  const nodeSize = pools.find((pool) => pool.chip === chip)?.nodeSize
  return nodeSize === undefined ? gang : heldChips(gang, nodeSize)
}

/** Running time in whole slots, writing checkpoints included. */
export function slotsOf(snapshot: Snapshot, job: Job, at: Level): number {
  const writing = job.checkpoint ? job.checkpoint.costSeconds / 60 / job.checkpoint.everyMinutes : 0
  const minutes = (job.hours * 60 * (1 + writing)) / at.speed
  return Math.max(1, Math.ceil(minutes / snapshot.slotMinutes - EPSILON))
}
