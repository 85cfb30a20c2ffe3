import { type Random, uniform } from '@dengta/statistics'
import { type Fleet, interrupt, lostBy, type Run } from './fleet.ts'
import type { Failures } from './world.ts'

/** What broke or was cut in one slot. */
export interface Disturbance {
  readonly interrupted: number
  readonly lostChipHours: number
}

const CALM: Disturbance = { interrupted: 0, lostChipHours: 0 }

/** Nodes come back, others break; the runs on a broken node go back to their last checkpoint. */
export function breakNodes(fleet: Fleet, now: number, { failures, random }: Chance): Disturbance {
  fleet.outages = fleet.outages.filter(({ until }) => until > now)
  if (!failures) return CALM
  const hours = fleet.snapshot.slotMinutes / 60
  const repair = Math.max(1, Math.ceil(failures.repairHours / hours))
  let sum = CALM
  for (const [row, { pool }] of fleet.pools.entries()) {
    const nodes = Math.floor((pool.count - brokenChips(fleet, row)) / pool.nodeSize)
    for (let broken = poisson((nodes * hours) / failures.nodeHours, random); broken > 0; broken -= 1)
      sum = added(sum, breakOne(fleet, row, { now, until: now + repair, random }))
  }
  return sum
}

export interface Chance {
  readonly failures: Failures | undefined
  readonly random: Random
}

/** Knuth's method: how many of many rare events happen. */
function poisson(mean: number, random: Random): number {
  const least = Math.exp(-mean)
  let count = 0
  for (let product = uniform(random); product > least; product *= uniform(random)) count += 1
  return count
}

export function brokenChips({ outages }: Fleet, pool: number): number {
  return outages.reduce((sum, each) => (each.pool === pool ? sum + each.chips : sum), 0)
}

interface Break {
  readonly now: number
  readonly until: number
  readonly random: Random
}

/** One node of a pool: runs are laid side by side in order of their start, and those that touch the node are hit. */
function breakOne(fleet: Fleet, row: number, { now, until, random }: Break): Disturbance {
  const { site, pool } = fleet.pools[row]!
  const nodes = Math.floor((pool.count - brokenChips(fleet, row)) / pool.nodeSize)
  if (nodes < 1) return CALM
  const from = Math.floor(uniform(random) * nodes) * pool.nodeSize
  const hit = touching(fleet, row, { from, to: from + pool.nodeSize })
  const { name } = fleet.snapshot.sites[site]!
  fleet.outages.push({ site: name, chip: pool.chip, chips: pool.nodeSize, until, pool: row })
  return interruptAll(fleet, hit, now)
}

function touching(
  { running }: Fleet,
  row: number,
  { from, to }: { readonly from: number; readonly to: number },
): Run[] {
  const hit: Run[] = []
  let at = 0
  for (const run of running.values()) {
    if (run.pool !== row) continue
    if (at < to && at + run.view.chips > from) hit.push(run)
    at += run.view.chips
  }
  return hit
}

/** Puts the power of the runs under the limits of this slot, giving up as few chip-hours as it can for each kW. */
export function shed(fleet: Fleet, now: number, limits: Limits): Disturbance {
  let sum = CALM
  for (let node = overrun(fleet, now, limits); node >= 0; node = overrun(fleet, now, limits)) {
    const victim = cheapest(fleet, now, (run) => limits.chains[run.site]!.includes(node))
    if (!victim) break
    sum = added(sum, interruptAll(fleet, [victim], now))
  }
  return sum
}

/** Limits of one slot, kW at the meter, by power node: sites, then feeders. */
export interface Limits {
  readonly kw: (node: number, slot: number) => number
  readonly nodes: number
  readonly chains: readonly (readonly number[])[]
}

/** Slack for sums of floating-point powers, kW. */
const SLACK = 1e-5

/** The first power node above its limit, or -1. */
export function overrun(fleet: Fleet, now: number, { kw, nodes, chains }: Limits): number {
  for (let node = 0; node < nodes; node += 1) {
    let drawn = 0
    for (const [site, chain] of chains.entries())
      if (chain.includes(node)) drawn += fleet.siteKw[site]! * fleet.snapshot.sites[site]!.pue[now]!
    if (drawn > kw(node, now) + SLACK) return node
  }
  return -1
}

function cheapest(fleet: Fleet, now: number, under: (run: Run) => boolean): Run | undefined {
  let best: Run | undefined
  let least = Number.POSITIVE_INFINITY
  for (const run of fleet.running.values()) {
    if (!under(run)) continue
    const own = lostBy(fleet.snapshot, run, now) / run.view.kw
    if (own >= least) continue
    least = own
    best = run
  }
  return best
}

function interruptAll(fleet: Fleet, hit: readonly Run[], now: number): Disturbance {
  const lostChipHours = hit.reduce((sum, run) => sum + interrupt(fleet, run, now), 0)
  return { interrupted: hit.length, lostChipHours }
}

function added(a: Disturbance, b: Disturbance): Disturbance {
  return { interrupted: a.interrupted + b.interrupted, lostChipHours: a.lostChipHours + b.lostChipHours }
}
