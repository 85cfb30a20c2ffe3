/** Smallest value of a unit of time, counted from 1970, that cannot be meant in the next coarser one. */
const UNITS = [
  [1e17, 1e-6],
  [1e14, 1e-3],
  [1e11, 1],
  [0, 1000],
] as const

/** A count of seconds, milli-, micro- or nanoseconds since 1970 in milliseconds, told apart by its size; NaN below 0. */
export function epochMilliseconds(count: number): number {
  const unit = UNITS.find(([least]) => count >= least)
  return unit ? count * unit[1] : Number.NaN
}
