import { type Random, uniform } from '@dengta/statistics'
import type { Column } from './best-column.ts'
import { drawnWish } from './drawn-wish.ts'
import { lackOf, mayLie } from './insertion.ts'
import { type Lifted, lift } from './lifted.ts'
import type { PriceSums } from './prices.ts'
import { place, type Usage } from './usage.ts'

export interface ForceInOptions {
  readonly random: Random
  /** Jobs that may move, by index. */
  readonly jobs: Int32Array
  readonly prices: PriceSums
}

/** Jobs that lie nowhere among which one of much value is chosen, jobs in its way among which one of little value is. */
const UNSERVED = 4
const IN_THE_WAY = 10
/** Jobs taken out in one round, at most. */
const LARGEST = 20

/**
 * Puts a job that lies nowhere where it would like to be, and takes out jobs of little value until it fits there; where twenty are
 * not enough it stays out. Returns all that were touched, the job itself first; nothing where every job lies somewhere.
 */
export function forceIn(usage: Usage, options: ForceInOptions): Lifted[] {
  const { random, prices } = options
  const j = unservedJob(usage, options)
  if (j < 0) return []
  const out: Lifted[] = [{ j, way: -1, start: 0 }]
  const wish = drawnWish(usage, prices, random, j)
  if (wish.way < 0) return out
  let cheap = inTheWay(usage, wish, options)
  while (cheap >= 0 && out.length < LARGEST) {
    lift(usage, cheap, out)
    cheap = inTheWay(usage, wish, options)
  }
  if (mayLie(usage, j, wish)) place(usage, j, wish.way, wish.start)
  return out
}

/** Of a few jobs that lie nowhere, likely the one worth most. */
function unservedJob({ problem, way }: Usage, { random, jobs }: ForceInOptions): number {
  const isOut = (j: number): boolean => way[j]! < 0
  return leastOf({ random, jobs, most: UNSERVED, isOne: isOut }, (j) => -problem.unservedYuan[j]! * uniform(random))
}

/** Of a few jobs that hold what the wish lacks in a slot, likely the one worth least; -1 where none does. */
function inTheWay(usage: Usage, wish: Column, { random, jobs }: ForceInOptions): number {
  const { problem, way, start } = usage
  const lack = lackOf(usage, wish, random)
  if (!lack) return -1
  const { slot, chips } = lack
  const pool = problem.wayPool[wish.way]!
  const isThere = (j: number): boolean => {
    const own = way[j]!
    if (own < 0 || start[j]! > slot || start[j]! + problem.waySlots[own]! <= slot) return false
    const at = problem.wayPool[own]!
    return chips ? at === pool : problem.poolSite[at] === problem.poolSite[pool]
  }
  return leastOf({ random, jobs, most: IN_THE_WAY, isOne: isThere }, (j) => problem.unservedYuan[j]! * uniform(random))
}

interface Choice {
  readonly random: Random
  readonly jobs: Int32Array
  readonly most: number
  readonly isOne: (j: number) => boolean
}

/** Of the first few jobs that are one, from a drawn place on, the one that scores least; -1 without any. */
function leastOf({ random, jobs, most, isOne }: Choice, scoreOf: (j: number) => number): number {
  const offset = random() % jobs.length
  let best = -1
  let least = Number.POSITIVE_INFINITY
  for (let i = 0, seen = 0; i < jobs.length && seen < most; i += 1) {
    const j = jobs[(offset + i) % jobs.length]!
    if (!isOne(j)) continue
    seen += 1
    const score = scoreOf(j)
    if (score >= least) continue
    least = score
    best = j
  }
  return best
}
