import { demandYuan, rampYuan } from '../model/terms.ts'
import { wayYuan } from './best-column.ts'
import { type PriceSums, sumPrices, zeroPrices } from './prices.ts'
import type { Problem } from './problem.ts'

/** Slack for sums of floating-point powers, kW, and of chip-hours. */
const TOLERANCE_KW = 1e-6
const TOLERANCE_HOURS = 1e-9

/** A plan while it is being changed: what is still free, and where each job lies (`way` -1 where it does not). */
export interface Usage {
  readonly problem: Problem
  readonly way: Int32Array
  readonly start: Int32Array
  /** Jobs that lie nowhere. */
  left: number
  readonly chipsFree: Float64Array
  readonly nodeFree: Float64Array
  /** kW of chips (before PUE) that every limit above a site still lets through, by site and slot. */
  readonly headroom: Float64Array
  readonly quotaFree: Float64Array
  /** True costs without any price of scarce things. */
  readonly energySums: PriceSums
  /** Yuan of what adds up job by job: service, delay, energy, carbon, fairness, moves. */
  linearYuan: number
  /** Yuan of what only a whole site has: ramps and the demand charge. */
  readonly siteYuan: Float64Array
}

export function emptyPlan(problem: Problem): Usage {
  const { slots, sites } = problem
  const usage: Usage = {
    problem,
    way: new Int32Array(problem.jobs).fill(-1),
    start: new Int32Array(problem.jobs),
    left: problem.jobs,
    chipsFree: problem.chipLimit.slice(),
    nodeFree: problem.limitKw.slice(),
    headroom: new Float64Array(sites * slots),
    quotaFree: problem.quotaHours.map((hours) => hours + TOLERANCE_HOURS),
    energySums: sumPrices(problem, zeroPrices(problem), 1),
    linearYuan: problem.unservedYuan.reduce((sum, yuan) => sum + yuan, 0),
    siteYuan: new Float64Array(sites),
  }
  refreshHeadroom(usage, 0, slots)
  return usage
}

export function yuanOf(usage: Usage): number {
  return usage.siteYuan.reduce((sum, yuan) => sum + yuan, usage.linearYuan)
}

/** Puts job `j` where the caller knows that it fits. */
export function place(usage: Usage, j: number, way: number, start: number): void {
  usage.way[j] = way
  usage.start[j] = start
  usage.left -= 1
  usage.linearYuan += columnYuan(usage, usage.energySums, j) - usage.problem.unservedYuan[j]!
  occupy(usage, j, 1)
}

export function remove(usage: Usage, j: number): void {
  if (usage.way[j]! < 0) return
  occupy(usage, j, -1)
  usage.linearYuan += usage.problem.unservedYuan[j]! - columnYuan(usage, usage.energySums, j)
  usage.way[j] = -1
  usage.left += 1
}

/** What job `j` costs where it lies, at `sums` of prices. */
export function columnYuan({ problem, way, start }: Usage, sums: PriceSums, j: number): number {
  return columnPrice(problem, sums, { j, way: way[j]!, start: start[j]! })
}

/** What job `j` costs in a column, at `sums` of prices. */
export function columnPrice(
  problem: Problem,
  sums: PriceSums,
  { j, way, start }: { readonly j: number; readonly way: number; readonly start: number },
): number {
  const end = start + problem.waySlots[way]!
  const row = problem.wayLoad[way]! * (problem.slots + 1)
  return (
    wayYuan(problem, sums, { running: 1, leaveOut: problem.unservedYuan }, { j, way }) +
    problem.delayYuan[j]! * start +
    (sums.loads[row + end]! - sums.loads[row + start]!)
  )
}

function occupy(usage: Usage, j: number, sign: 1 | -1): void {
  const { problem } = usage
  const way = usage.way[j]!
  const pool = problem.wayPool[way]!
  const site = problem.poolSite[pool]!
  const from = usage.start[j]!
  const to = from + problem.waySlots[way]!
  const chips = problem.wayChips[way]! * sign
  const kw = problem.wayKw[way]! * sign
  const { chipsFree, nodeFree } = usage
  const { slots, pue } = problem
  const chain = problem.chains[site]!
  for (let at = pool * slots + from, end = pool * slots + to; at < end; at += 1) chipsFree[at]! -= chips
  for (let i = 0; i < chain.length; i += 1) {
    const shift = (chain[i]! - site) * slots
    for (let at = site * slots + from, end = site * slots + to; at < end; at += 1)
      nodeFree[at + shift]! -= kw * pue[at]!
  }
  const quota = problem.quotaOf[j]!
  if (quota >= 0) usage.quotaFree[quota]! -= problem.wayHours[way]! * sign
  if (problem.nodes === problem.sites) refreshSite(usage, site, from, to)
  else refreshHeadroom(usage, from, to)
  refreshSiteYuan(usage, site)
}

function refreshHeadroom(usage: Usage, from: number, to: number): void {
  for (let site = 0; site < usage.problem.sites; site += 1) refreshSite(usage, site, from, to)
}

function refreshSite({ problem, nodeFree, headroom }: Usage, site: number, from: number, to: number): void {
  const { slots, pue } = problem
  const chain = problem.chains[site]!
  for (let at = site * slots + from, end = site * slots + to; at < end; at += 1) {
    let free = nodeFree[at]!
    for (let i = 1; i < chain.length; i += 1) free = Math.min(free, nodeFree[at + (chain[i]! - site) * slots]!)
    headroom[at] = (free + TOLERANCE_KW) / pue[at]!
  }
}

/** Power at the meter of a site by slot. */
function siteKw({ problem, nodeFree }: Usage, site: number): Float64Array {
  const { slots, limitKw, drawnKw } = problem
  const row = site * slots
  return Float64Array.from({ length: slots }, (_, t) => drawnKw[row + t]! + limitKw[row + t]! - nodeFree[row + t]!)
}

function refreshSiteYuan(usage: Usage, s: number): void {
  const { snapshot } = usage.problem
  const site = snapshot.sites[s]!
  if (site.rampKw === undefined && site.demandYuanPerKw === 0) return
  const kw = siteKw(usage, s)
  usage.siteYuan[s] = rampYuan(snapshot, site, kw) + demandYuan(site, kw)
}
