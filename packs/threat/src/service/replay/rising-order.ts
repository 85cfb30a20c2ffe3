/** Places taken up in one step, a part of a millisecond. */
const STEP = 4096

/** Places of values, the least first and of equal ones the first. In steps: values that rise in few runs take a step each. */
export function* risingOrder(values: Float64Array): Generator<void, Uint32Array> {
  let from = new Uint32Array(values.length)
  let into = new Uint32Array(values.length)
  for (let ends = yield* runEnds(values, from); ends.length > 1; ) {
    const merged: number[] = []
    for (let run = 0; run < ends.length; run += 2) {
      const [start, middle] = [ends[run - 1] ?? 0, ends[run]!]
      const end = ends[run + 1] ?? middle
      yield* merge(values, { from, into }, { start, middle, end })
      merged.push(end)
    }
    ;[from, into] = [into, from]
    ends = merged
  }
  return from
}

/** Where each run of values that do not fall ends; puts all places in the order of the values. */
function* runEnds(values: Float64Array, places: Uint32Array): Generator<void, readonly number[]> {
  const ends: number[] = []
  for (let at = 1; at <= values.length; at += 1) {
    places[at - 1] = at - 1
    if (at === values.length || values[at]! < values[at - 1]!) ends.push(at)
    if (at % STEP === 0) yield
  }
  return ends
}

interface Places {
  readonly from: Uint32Array
  readonly into: Uint32Array
}

function* merge(
  values: Float64Array,
  { from, into }: Places,
  { start, middle, end }: { readonly start: number; readonly middle: number; readonly end: number },
): Generator<void> {
  let [one, other] = [start, middle]
  for (let at = start; at < end; at += 1) {
    const isOther = one >= middle || (other < end && values[from[other]!]! < values[from[one]!]!)
    into[at] = isOther ? from[other++]! : from[one++]!
    if (at % STEP === 0) yield
  }
}
