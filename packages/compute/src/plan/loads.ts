/**
 * What a way takes from each slot: chips of a pool, and kW of chips. Many ways are alike in this, so prices are summed up once for
 * each load. `wayLoad` is the load of every way; a load has a kind (pool and chips) and its kW.
 */
export interface Loads {
  readonly wayLoad: Int32Array
  readonly loadKind: Int32Array
  readonly loadKw: Float64Array
}

export function loadsOf(wayKind: Int32Array, wayKw: Float64Array): Loads {
  const byKind = new Map<number, Map<number, number>>()
  const kinds: number[] = []
  const powers: number[] = []
  const wayLoad = wayKind.map((kind, way) => {
    const known = byKind.get(kind) ?? new Map<number, number>()
    byKind.set(kind, known)
    const kw = wayKw[way]!
    const load = known.get(kw) ?? kinds.push(kind) - 1
    if (load === powers.length) powers.push(kw)
    known.set(kw, load)
    return load
  })
  return { wayLoad, loadKind: Int32Array.from(kinds), loadKw: Float64Array.from(powers) }
}
