/**
 * Places of the cases around one, counted from its own: pairs of from and to (to not included), ascending. [-3, 0, 1, 5] are
 * the three before it and the four after it. They stay right when older cases are given up.
 */
export type Runs = readonly number[]

/** Makes runs of places that come in ascending order. */
export class RunsInOrder {
  readonly whole: number[] = []
  #end: number | undefined

  add(place: number): void {
    if (place === this.#end) this.whole[this.whole.length - 1] = place + 1
    else this.whole.push(place, place + 1)
    this.#end = place + 1
  }
}

/** Visits each place in a list of `count` cases around the one at `own`; what is given up, or not decided yet, is left out. */
export function eachPlace(
  runs: Runs,
  { own, count }: { readonly own: number; readonly count: number },
  visit: (place: number) => void,
): void {
  for (let at = 0; at < runs.length; at += 2) {
    const to = Math.min(count, own + runs[at + 1]!)
    for (let place = Math.max(0, own + runs[at]!); place < to; place += 1) visit(place)
  }
}
