/** GPUs that draw the same in use: watts above rest at full power, and slots that are still free. */
interface SlotPool {
  readonly watts: number
  readonly slots: number
}

/** Tasks that are alike in power: slots that come in a unit of the workload, and the share of a slot's watts that they draw. */
export interface SlotDemand {
  readonly slots: number
  readonly draw: number
}

export interface SlotCase {
  /** In rising order of watts. */
  readonly pools: readonly SlotPool[]
  /** In falling order of draw. */
  readonly demands: readonly SlotDemand[]
  /** Watts of CPU that come with a unit of the workload. */
  readonly cpuWatts: number
  /** Watts that may still be drawn. */
  readonly budget: number
}

const BISECTIONS = 40

/**
 * What a free slot of each pool is worth, in watts, if more of the same workload comes until power or slots end and nothing is
 * turned away. Least power is drawn where tasks of the highest draw lie on the GPUs of the lowest watts (rearrangement inequality),
 * so the prices are the steps of that one order: dual values of the transport problem; the last pool in use is free.
 */
export function slotPrices(given: SlotCase): Float64Array {
  let [enough, tooMuch] = [0, 1]
  while (filled(given, tooMuch).watts <= given.budget) tooMuch *= 2
  for (let i = 0; i < BISECTIONS; i += 1) {
    const units = (enough + tooMuch) / 2
    if (filled(given, units).watts <= given.budget) enough = units
    else tooMuch = units
  }
  const { edges } = filled(given, enough)
  const prices = new Float64Array(given.pools.length)
  for (let p = prices.length - 2; p >= 0; p -= 1) {
    const dearer = given.pools[p + 1]!.watts - given.pools[p]!.watts
    prices[p] = prices[p + 1]! + (edges[p] ?? 0) * dearer
  }
  return prices
}

/** Watts of so many units of the workload, infinite where slots run out, and the draw at which each full pool ended. */
function filled({ pools, demands, cpuWatts }: SlotCase, units: number): { watts: number; edges: number[] } {
  const edges: number[] = []
  let watts = units * cpuWatts
  let left = pools[0]?.slots ?? 0
  for (const { slots, draw } of demands) {
    for (let need = slots * units; need > 0; ) {
      while (left <= 0) {
        edges.push(draw)
        const next = pools[edges.length]
        if (!next) return { watts: Number.POSITIVE_INFINITY, edges }
        left = next.slots
      }
      const taken = Math.min(need, left)
      watts += taken * draw * pools[edges.length]!.watts
      need -= taken
      left -= taken
    }
  }
  return { watts, edges }
}
