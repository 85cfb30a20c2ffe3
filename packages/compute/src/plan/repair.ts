import { type Random, uniform } from '@dengta/statistics'
import type { Column } from './best-column.ts'
import { drawnWish } from './drawn-wish.ts'
import { forceIn } from './force-in.ts'
import { fits, insert } from './insertion.ts'
import { type Lifted, lift } from './lifted.ts'
import type { PriceSums } from './prices.ts'
import type { Problem } from './problem.ts'
import { columnYuan, place, remove, type Usage, yuanOf } from './usage.ts'
import type { Guide } from './way-order.ts'

export interface RepairOptions {
  readonly random: Random
  readonly rounds: number
  /** Jobs that may move, by index. */
  readonly jobs: Int32Array
  /** What each job would take if it were alone at the best prices. */
  readonly wishes: readonly Column[]
  /** Sums of the prices at several strengths; each round is guided by one of them. */
  readonly guides: readonly Guide[]
  readonly notBefore?: number
  /** Unserved jobs that are tried in each round beside those lifted; none unless said. */
  readonly offered?: number
  /** Share of the rounds that force an unserved job in and take out jobs of less value for it; none unless said. */
  readonly forced?: number
  /** Loss that the first rounds accept, yuan; unless said, a share of the cost of a mean job. */
  readonly heat?: number
  /** Called now and then with the rounds that are done. */
  readonly onRounds?: ((done: number) => void) | undefined
}

const TELL_EVERY = 1024

/** Jobs taken out in one round, at most. */
const LARGEST = 20
/** After the way is clear, fewer than so many more are lifted, to mix. */
const MIXED = 4
/** Jobs among which the one furthest from its wish is chosen. */
const CANDIDATES = 12
/** Chance of passing over a way on the way back in. */
const BLIND = 0.1
/** The first rounds accept a loss of about this share of the cost of a mean job. */
const HEAT = 0.3

/**
 * Large-neighbourhood repair: takes out a job that lies far from its wish together with jobs in its way, puts them back in a
 * new order, keeps the change when it costs less (early on, also when it costs a little more). Ends at the best plan seen.
 */
export function repair(usage: Usage, options: RepairOptions): void {
  const { random, rounds, jobs } = options
  if (jobs.length === 0) return
  const heat = options.heat ?? (HEAT * placedYuan(usage)) / jobs.length
  let best = yuanOf(usage)
  let kept = snapshotOf(usage)
  for (let round = 0; round < rounds; round += 1) {
    if (round % TELL_EVERY === 0) options.onRounds?.(round)
    const before = yuanOf(usage)
    const out = cleared(usage, options)
    putBack(usage, out, options)
    const after = yuanOf(usage)
    const allowed = -heat * (1 - round / rounds) ** 2 * Math.log(uniform(random))
    if (after > before + allowed) undo(usage, out)
    else if (after < best - 1e-9) {
      best = after
      kept = snapshotOf(usage)
    }
  }
  restore(usage, kept)
}

/** Makes room in one of the ways of a round, and says which jobs it touched. */
function cleared(usage: Usage, options: RepairOptions): Lifted[] {
  const { random, jobs, guides, forced = 0, offered = 0 } = options
  const force = forced > 0 && usage.left > 0 && uniform(random) < forced
  const out = force ? forceIn(usage, { random, jobs, prices: guides[0]! }) : takeOut(usage, options)
  if (offered > 0) addUnserved(usage, { random, jobs, out }, offered)
  return out
}

/** Greedy insertion in a drawn order, each job guided by drawn prices and now and then blind to a way. */
function putBack(usage: Usage, out: Kept, { random, guides, notBefore }: RepairOptions): void {
  const { problem } = usage
  const order = out.map(({ j }) => j)
  if (random() % 2 === 0) order.sort((a, b) => problem.unservedYuan[b]! - problem.unservedYuan[a]! || a - b)
  let guide = guides[random() % guides.length]!
  for (const j of order) {
    if (usage.way[j]! >= 0) continue
    if (random() % 3 === 0) guide = guides[random() % guides.length]!
    insert(usage, guide, j, { notBefore: notBefore ?? 0, blind: () => random() < BLIND * 2 ** 32 })
  }
}

type Kept = readonly Lifted[]

function undo(usage: Usage, old: Kept): void {
  const moved = old.filter(({ j, way, start }) => usage.way[j] !== way || (way >= 0 && usage.start[j] !== start))
  for (const { j } of moved) remove(usage, j)
  for (const { j, way, start } of moved) if (way >= 0) place(usage, j, way, start)
}

function snapshotOf({ way, start }: Usage): { way: Int32Array; start: Int32Array } {
  return { way: way.slice(), start: start.slice() }
}

function restore(usage: Usage, kept: { way: Int32Array; start: Int32Array }): void {
  const moved = [...kept.way.keys()].filter(
    (j) => kept.way[j] !== usage.way[j] || (kept.way[j]! >= 0 && kept.start[j] !== usage.start[j]),
  )
  undo(
    usage,
    moved.map((j) => ({ j, way: kept.way[j]!, start: kept.start[j]! })),
  )
}

function placedYuan(usage: Usage): number {
  let yuan = 0
  for (let j = 0; j < usage.problem.jobs; j += 1) if (usage.way[j]! >= 0) yuan += columnYuan(usage, usage.energySums, j)
  return yuan
}

/** The job furthest from its wish among a few drawn at random, then jobs that stand where it wants to be. All are removed. */
function takeOut(usage: Usage, { random, jobs, wishes, guides }: RepairOptions): Lifted[] {
  const prices = guides[0]!
  let worst = jobs[random() % jobs.length]!
  let regret = regretOf(usage, prices, wishes, worst)
  for (let i = 1; i < CANDIDATES; i += 1) {
    const j = jobs[random() % jobs.length]!
    const own = regretOf(usage, prices, wishes, j) * uniform(random)
    if (own > regret) {
      regret = own
      worst = j
    }
  }
  const out: Lifted[] = []
  lift(usage, worst, out)
  const wish = random() % 2 === 0 ? wishes[worst]! : drawnWish(usage, prices, random, worst)
  clearTheWay(usage, { random, jobs, wish, out })
  return out
}

function regretOf(usage: Usage, prices: PriceSums, wishes: readonly Column[], j: number): number {
  const now = usage.way[j]! < 0 ? usage.problem.unservedYuan[j]! : columnYuan(usage, prices, j)
  return now - wishes[j]!.yuan
}

interface Clearing {
  readonly random: Random
  readonly jobs: Int32Array
  readonly wish: Column
  readonly out: Lifted[]
}

/** Lifts jobs that share the wished site and time, in random order, until the wish fits; then a few more to mix. */
function clearTheWay(usage: Usage, { random, jobs, wish, out }: Clearing): void {
  const offset = random() % jobs.length
  let more = random() % MIXED
  for (let i = 0; i < jobs.length && out.length < LARGEST; i += 1) {
    const j = jobs[(offset + i) % jobs.length]!
    if (!overlaps(usage, wish, j)) continue
    const open = wish.way < 0 || fits(usage, wish)
    if (open && more === 0) return
    if (open) more -= 1
    if (open || samePool(usage, wish, j)) lift(usage, j, out)
  }
}

/** A few of the jobs that lie nowhere, drawn at random, so that room that falls free is offered to them too. */
function addUnserved({ way, left }: Usage, { random, jobs, out }: Omit<Clearing, 'wish'>, offered: number): void {
  const offset = random() % jobs.length
  const most = Math.min(left, out.length + offered)
  for (let i = 0; i < jobs.length && out.length < most; i += 1) {
    const j = jobs[(offset + i) % jobs.length]!
    if (way[j]! < 0 && !out.some((each) => each.j === j)) out.push({ j, way: -1, start: 0 })
  }
}

function overlaps({ problem, way, start }: Usage, wish: Column, j: number): boolean {
  const own = way[j]!
  if (own < 0) return false
  if (wish.way < 0) return true
  const from = start[j]!
  const here = siteOf(problem, own) === siteOf(problem, wish.way)
  return here && from < wish.start + problem.waySlots[wish.way]! && wish.start < from + problem.waySlots[own]!
}

function samePool({ problem, way }: Usage, wish: Column, j: number): boolean {
  return problem.wayPool[way[j]!] === problem.wayPool[wish.way]
}

function siteOf(problem: Problem, way: number): number {
  return problem.poolSite[problem.wayPool[way]!]!
}
