import type { PlanBars } from '@dengta/sdk'

/** One pool of chips: its head stands in row `head`, its lanes in the rows below. */
interface PoolRows {
  readonly site: string
  readonly chip: string
  readonly count: number
  readonly head: number
  readonly lanes: number
}

/** Bars by row, in typed arrays: bars of row r are `first[r]` to `first[r + 1] - 1`, by start. */
export interface GanttModel {
  readonly bars: PlanBars
  readonly count: number
  readonly rows: number
  readonly pools: readonly PoolRows[]
  readonly row: Int32Array
  readonly first: Int32Array
  /** Slots. */
  readonly start: Float64Array
  readonly end: Float64Array
  /** Watts of one chip as a share of the most that any bar on that type of chip takes, 0 to 1. */
  readonly level: Float64Array
}

/** Lays bars out in rows. They come sorted by pool, lane and start. */
export function ganttModel(bars: PlanBars): GanttModel {
  const { pool, lane, start, slots, job } = bars.bars
  const pools = poolRows(bars)
  const rows = pools.reduce((sum, { lanes }) => sum + lanes + 1, 0)
  const row = Int32Array.from(job, (_, i) => pools[pool[i]!]!.head + 1 + lane[i]!)
  const first = new Int32Array(rows + 1)
  for (const each of row) first[each + 1]! += 1
  for (let r = 0; r < rows; r += 1) first[r + 1]! += first[r]!
  return {
    ...{ bars, count: job.length, rows, pools, row, first, level: levelsOf(bars) },
    start: Float64Array.from(start),
    end: Float64Array.from(start, (from, i) => from + slots[i]!),
  }
}

function poolRows({ pools }: PlanBars): PoolRows[] {
  let head = 0
  return pools.map((pool) => {
    const placed = { ...pool, head }
    head += pool.lanes + 1
    return placed
  })
}

function levelsOf({ bars, pools }: PlanBars): Float64Array {
  const most = new Map<string, number>()
  const chipOf = (i: number): string => pools[bars.pool[i]!]!.chip
  for (const [i, watts] of bars.watts.entries()) most.set(chipOf(i), Math.max(most.get(chipOf(i)) ?? 0, watts))
  return Float64Array.from(bars.watts, (watts, i) => watts / (most.get(chipOf(i)) || 1))
}

/** The first bar of a row that ends after `slot`; the end of the row where there is none. */
export function firstEndingAfter({ first, end }: GanttModel, row: number, slot: number): number {
  let [low, high] = [first[row]!, first[row + 1]!]
  while (low < high) {
    const middle = (low + high) >> 1
    if (end[middle]! > slot) high = middle
    else low = middle + 1
  }
  return low
}

/** The bar that covers a slot of a row; -1 for none. */
export function barIn(model: GanttModel, row: number, slot: number): number {
  if (row < 0 || row >= model.rows) return -1
  const found = firstEndingAfter(model, row, slot)
  return found < model.first[row + 1]! && model.start[found]! <= slot ? found : -1
}

/** The bar reached from `bar` by an arrow key: along its row, or the nearest in the next row that has one. */
export function nextBar(model: GanttModel, bar: number, key: 'left' | 'right' | 'up' | 'down'): number {
  if (model.count === 0) return -1
  if (bar < 0) return 0
  if (key === 'left') return Math.max(0, bar - 1)
  if (key === 'right') return Math.min(model.count - 1, bar + 1)
  const step = key === 'down' ? 1 : -1
  for (let row = model.row[bar]! + step; row >= 0 && row < model.rows; row += step) {
    const near = nearestIn(model, row, model.start[bar]!)
    if (near >= 0) return near
  }
  return bar
}

function nearestIn({ first, start }: GanttModel, row: number, slot: number): number {
  let best = -1
  for (let i = first[row]!; i < first[row + 1]!; i += 1)
    if (best < 0 || Math.abs(start[i]! - slot) < Math.abs(start[best]! - slot)) best = i
  return best
}

/** 1 for each bar whose job, participant, class or site holds the words; undefined where nothing is looked for. */
export function matches({ bars, count }: GanttModel, words: string): Uint8Array | undefined {
  const wanted = words.trim().toLowerCase()
  if (wanted === '') return undefined
  const { job, participant, class: kind, pool } = bars.bars
  return Uint8Array.from({ length: count }, (_, i) => {
    const { site, chip } = bars.pools[pool[i]!]!
    const said = [job[i], bars.participants[participant[i]!], bars.classes[kind[i]!], site, chip]
    return said.some((word) => word?.toLowerCase().includes(wanted)) ? 1 : 0
  })
}
