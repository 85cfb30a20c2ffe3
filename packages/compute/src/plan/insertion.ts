import type { Random } from '@dengta/statistics'
import { type Column, wayYuan } from './best-column.ts'
import type { PriceSums } from './prices.ts'
import { place, type Usage } from './usage.ts'
import type { Guide } from './way-order.ts'

const CHIP_SLACK = 1e-9

/** `notBefore`: first slot that is still open. `blind`: asked for each way, true to pass it over. */
export interface Insertion {
  readonly notBefore: number
  readonly blind: () => boolean
}

const ALL: Insertion = { notBefore: 0, blind: () => false }

/** The cheapest column of job `j` that still fits, under guiding prices; `way` is -1 where none is cheaper than leaving it out. */
export function cheapestFit(usage: Usage, guide: Guide, j: number, { notBefore, blind }: Insertion = ALL): Column {
  const { problem } = usage
  const best: Column = { way: -1, start: 0, yuan: problem.unservedYuan[j]! }
  const quota = problem.quotaOf[j]!
  const hoursFree = quota < 0 ? Number.POSITIVE_INFINITY : usage.quotaFree[quota]!
  const end = problem.firstWay[j + 1]!
  const { ways, least } = guide.order
  for (let i = problem.firstWay[j]!; i < end && least[i]! < best.yuan; i += 1) {
    const way = ways[i]!
    if (problem.wayHours[way]! <= hoursFree && !blind()) fitWay(usage, guide, { j, way, notBefore, best })
  }
  return best
}

interface Search {
  readonly j: number
  readonly way: number
  readonly notBefore: number
  readonly best: Column
}

/** Walks back from the deadline. A slot without room rules out every start whose run would hold it: they are leapt over. */
function fitWay(usage: Usage, guide: PriceSums, { j, way, notBefore, best }: Search): void {
  const { problem, chipsFree, headroom } = usage
  const pool = problem.wayPool[way]!
  const site = problem.poolSite[pool]!
  const row = problem.wayLoad[way]! * (problem.slots + 1)
  const freeRow = pool * problem.slots
  const headRow = site * problem.slots
  const chips = problem.wayChips[way]! - CHIP_SLACK
  const kw = problem.wayKw[way]!
  const slots = problem.waySlots[way]!
  const delay = problem.delayYuan[j]!
  const { loads } = guide
  const fixed = wayYuan(problem, guide, { running: 1, leaveOut: problem.unservedYuan }, { j, way })
  const first = Math.max(problem.release[j]!, notBefore)
  let start = problem.deadline[j]! - slots
  let roomFrom = start + slots
  while (start >= first) {
    let t = start
    while (t < roomFrom && chipsFree[freeRow + t]! >= chips && headroom[headRow + t]! >= kw) t += 1
    const full = t < roomFrom
    roomFrom = start
    if (full) {
      start = t - slots
      continue
    }
    const cost = fixed + delay * start + (loads[row + start + slots]! - loads[row + start]!)
    if (cost < best.yuan) {
      best.yuan = cost
      best.way = way
      best.start = start
    }
    start -= 1
  }
}

/** Places job `j` at its cheapest fit, if it has one. */
export function insert(usage: Usage, guide: Guide, j: number, insertion: Insertion = ALL): void {
  const { way, start } = cheapestFit(usage, guide, j, insertion)
  if (way >= 0) place(usage, j, way, start)
}

/** Whether every slot of a column has room. */
export function fits({ problem, chipsFree, headroom }: Usage, { way, start }: Pick<Column, 'way' | 'start'>): boolean {
  const pool = problem.wayPool[way]!
  const chipAt = pool * problem.slots + start
  const headAt = problem.poolSite[pool]! * problem.slots + start
  const chips = problem.wayChips[way]! - CHIP_SLACK
  const kw = problem.wayKw[way]!
  for (let t = problem.waySlots[way]! - 1; t >= 0; t -= 1)
    if (chipsFree[chipAt + t]! < chips || headroom[headAt + t]! < kw) return false
  return true
}

/** Whether job `j` may lie there: every slot has room, and its quota has hours left. */
export function mayLie(usage: Usage, j: number, column: Pick<Column, 'way' | 'start'>): boolean {
  const { problem, quotaFree } = usage
  const quota = problem.quotaOf[j]!
  return (quota < 0 || problem.wayHours[column.way]! <= quotaFree[quota]!) && fits(usage, column)
}

/** A slot in which a column has no room, from a drawn one on, and whether it lacks chips or else power; none where it fits. */
export function lackOf(
  { problem, chipsFree, headroom }: Usage,
  { way, start }: Column,
  random: Random,
): { slot: number; chips: boolean } | undefined {
  const pool = problem.wayPool[way]!
  const chipRow = pool * problem.slots
  const headRow = problem.poolSite[pool]! * problem.slots
  const slots = problem.waySlots[way]!
  const offset = random() % slots
  for (let i = 0; i < slots; i += 1) {
    const slot = start + ((offset + i) % slots)
    const chips = chipsFree[chipRow + slot]! < problem.wayChips[way]! - CHIP_SLACK
    if (chips || headroom[headRow + slot]! < problem.wayKw[way]!) return { slot, chips }
  }
  return undefined
}
