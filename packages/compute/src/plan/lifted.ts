import { remove, type Usage } from './usage.ts'

/** A job taken out of a plan, and where it had been; `way` -1 where it lay nowhere. */
export interface Lifted {
  readonly j: number
  readonly way: number
  readonly start: number
}

export function lift(usage: Usage, j: number, out: Lifted[]): void {
  out.push({ j, way: usage.way[j]!, start: usage.start[j]! })
  remove(usage, j)
}
