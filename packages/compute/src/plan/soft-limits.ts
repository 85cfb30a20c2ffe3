import type { DraftColumns } from './draft-columns.ts'
import type { Problem } from './problem.ts'

/** Chips and power that may be overrun at a price: what is free (below zero where overrun), and what an overrun weighs. */
export interface SoftLimits {
  readonly problem: Problem
  readonly columns: DraftColumns
  readonly chipsFree: Float64Array
  readonly nodeFree: Float64Array
  /** Weight of one chip, and of one kW at the meter, over its limit through a slot. */
  readonly chipWeight: number
  readonly kwWeight: number
}

/** Puts a column in (`sign` 1) or takes it out (-1). */
export function shift({ problem, columns, chipsFree, nodeFree }: SoftLimits, column: number, sign: 1 | -1): void {
  const { slots, wayPool, wayChips, wayKw, poolSite, pue, chains } = problem
  const way = columns.way[column]!
  const pool = wayPool[way]!
  const site = poolSite[pool]!
  const from = columns.start[column]!
  const to = from + columns.slots[column]!
  const chips = wayChips[way]! * sign
  const kw = wayKw[way]! * sign
  for (let t = from; t < to; t += 1) chipsFree[pool * slots + t]! -= chips
  for (const node of chains[site]!)
    for (let t = from; t < to; t += 1) nodeFree[node * slots + t]! -= kw * pue[site * slots + t]!
}

/** Weight of what a column would overrun that is not overrun without it; gives up above `most`. The column is not in. */
export function overrunOf(soft: SoftLimits, column: number, most = Number.POSITIVE_INFINITY): number {
  const { problem, columns, chipsFree, nodeFree, chipWeight, kwWeight } = soft
  const { slots, pue } = problem
  const way = columns.way[column]!
  const pool = problem.wayPool[way]!
  const site = problem.poolSite[pool]!
  const from = columns.start[column]!
  const to = from + columns.slots[column]!
  const chips = problem.wayChips[way]!
  const kw = problem.wayKw[way]!
  let weight = 0
  for (let t = from; t < to; t += 1) {
    const free = chipsFree[pool * slots + t]!
    if (free < chips) weight += chipWeight * (free > 0 ? chips - free : chips)
  }
  for (const node of problem.chains[site]!) {
    if (weight > most) return weight
    for (let t = from; t < to; t += 1) {
      const own = kw * pue[site * slots + t]!
      const free = nodeFree[node * slots + t]!
      if (free < own) weight += kwWeight * (free > 0 ? own - free : own)
    }
  }
  return weight
}
