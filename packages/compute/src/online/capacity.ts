import type { Job, Placement, Pool, Site, Snapshot } from '../model/snapshot.ts'
import { gangOf, heldChips } from '../model/way.ts'
import type { Taken } from '../plan/problem.ts'
import { onlineErrors as errors } from './online-errors.ts'
import type { OnlineState } from './online-state.ts'

/** Slack for sums of floating-point powers, kW, and of chips. */
const SLACK_KW = 1e-6
const SLACK_CHIPS = 1e-9

/** What holds chips and power for a stretch of the window. */
export interface Block {
  readonly site: string
  readonly chip: string
  readonly chips: number
  /** kW of the chips before PUE. */
  readonly kw: number
  readonly from: number
  readonly to: number
}

/** What is taken in a window, row by row as in a `Problem`, beside the limits. Changed in place. */
export interface Capacity {
  readonly window: Snapshot
  readonly taken: Taken
  readonly chipLimit: Float64Array
  readonly limitKw: Float64Array
  /** Row of each site, and of each of its pools by chip. */
  readonly rows: ReadonlyMap<string, { readonly row: number; readonly pools: ReadonlyMap<string, number> }>
  /** Nodes from each site upward. */
  readonly chains: readonly (readonly number[])[]
}

export function emptyCapacity(window: Snapshot): Capacity {
  const { sites, feeders, slots } = window
  const pools = sites.flatMap((site) => site.pools)
  const limits = [
    ...sites.map((site) => site.envelopeKw.map((kw, t) => Math.max(0, kw - site.reserveKw[t]!))),
    ...feeders.map((feeder) => feeder.limitKw),
  ]
  return {
    window,
    taken: { chips: new Float64Array(pools.length * slots), kw: new Float64Array(limits.length * slots) },
    chipLimit: Float64Array.from({ length: pools.length * slots }, (_, row) => pools[(row / slots) | 0]!.count),
    limitKw: Float64Array.from(limits.flat()),
    rows: new Map(sites.map((site, row) => [site.name, { row, pools: poolRows(site, pools) }])),
    chains: chainsOf(window),
  }
}

function poolRows(site: Site, pools: readonly Pool[]): ReadonlyMap<string, number> {
  return new Map(site.pools.map((pool) => [pool.chip, pools.indexOf(pool)]))
}

/** Power nodes from each site upward: its own row, then those of the feeders above, which follow the sites. */
export function chainsOf(snapshot: Snapshot): number[][] {
  return snapshot.sites.map((site, row) => chainOf(snapshot, row, site.feeder))
}

function chainOf({ sites, feeders }: Snapshot, site: number, feeder: string | undefined): number[] {
  const chain = [site]
  for (let name = feeder; name !== undefined; ) {
    const row = feeders.findIndex((each) => each.name === name)
    if (row < 0) break
    chain.push(sites.length + row)
    name = feeders[row]!.parent
  }
  return chain
}

/** Takes the block, or gives it back (`sign` -1). Never refuses: what runs, runs. */
export function hold(capacity: Capacity, block: Block, sign: 1 | -1 = 1): void {
  const { window, taken, chains } = capacity
  const { pool, site } = rowsOf(capacity, block)
  const to = Math.min(block.to, window.slots)
  const { pue } = window.sites[site]!
  for (let t = Math.max(0, block.from); t < to; t += 1) {
    taken.chips[pool * window.slots + t]! += sign * block.chips
    for (const node of chains[site]!) taken.kw[node * window.slots + t]! += sign * block.kw * pue[t]!
  }
}

/** Whether the block fits beside everything that is taken. */
export function hasRoom(capacity: Capacity, block: Block): boolean {
  const { window, taken, chains, chipLimit, limitKw } = capacity
  const { pool, site } = rowsOf(capacity, block)
  const { pue } = window.sites[site]!
  if (block.to > window.slots) return false
  for (let t = block.from; t < block.to; t += 1) {
    const at = pool * window.slots + t
    if (taken.chips[at]! + block.chips > chipLimit[at]! + SLACK_CHIPS) return false
    for (const node of chains[site]!) {
      const row = node * window.slots + t
      if (taken.kw[row]! + block.kw * pue[t]! > limitKw[row]! + SLACK_KW) return false
    }
  }
  return true
}

function rowsOf({ rows }: Capacity, { site, chip }: Block): { pool: number; site: number } {
  const { row, pools } = rows.get(site)!
  return { pool: pools.get(chip)!, site: row }
}

/** The window with everything locked in it: runs until they are believed to end, broken chips until they are back. */
export function lockedCapacity({ running, outages, now }: OnlineState, window: Snapshot): Capacity {
  const capacity = emptyCapacity(window)
  const blocks = [
    ...running.map((run) => ({ ...run, what: run.job, from: 0, to: run.until - now })),
    ...outages.map((out) => ({ ...out, what: 'an outage', kw: 0, from: 0, to: out.until - now })),
  ]
  for (const block of blocks) {
    if (!capacity.rows.get(block.site)?.pools.has(block.chip))
      throw errors.place_unknown({ job: block.what, site: block.site, chip: block.chip })
    hold(capacity, block)
  }
  return capacity
}

/** What a waiting job will hold where it is planned (window slots). */
export function blockOf(window: Snapshot, job: Job, placement: Placement): Block {
  const { site, chip, level, start, slots } = placement
  const pool = window.sites.find(({ name }) => name === site)!.pools.find((each) => each.chip === chip)!
  const { watts } = window.classes[job.class]![chip]![level]!
  const gang = gangOf(job, placement).chips
  const chips = heldChips(gang, pool.nodeSize)
  return { site, chip, chips, kw: (gang * watts) / 1000, from: start, to: start + slots }
}
