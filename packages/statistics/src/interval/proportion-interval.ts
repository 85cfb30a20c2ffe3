import { requireDomain } from '../errors.ts'
import { inverseIncompleteBeta } from '../special/incomplete-beta.ts'
import { normalQuantile } from '../special/normal.ts'

/** A count out of trials. */
export interface Proportion {
  readonly successes: number
  readonly trials: number
}

export interface Interval {
  readonly low: number
  readonly high: number
}

/** Exact (Clopper, Pearson 1934): covers at least `level`, also for rare events. */
export function clopperPearson(counted: Proportion, level: number): Interval {
  const side = (1 + level) / 2
  return { low: clopperPearsonLower(counted, side), high: clopperPearsonUpper(counted, side) }
}

/** One-sided exact upper bound: the rate lies above it with probability at most 1 - `level`. */
export function clopperPearsonUpper(counted: Proportion, level: number): number {
  const { successes, trials } = requireProportion(counted, level)
  return successes === trials ? 1 : inverseIncompleteBeta(level, successes + 1, trials - successes)
}

/** One-sided exact lower bound. */
export function clopperPearsonLower(counted: Proportion, level: number): number {
  const { successes, trials } = requireProportion(counted, level)
  return successes === 0 ? 0 : inverseIncompleteBeta(1 - level, successes, trials - successes + 1)
}

/** Score interval (Wilson 1927): close to `level` on average, too narrow for rare events in few trials. */
export function wilson(counted: Proportion, level: number): Interval {
  const side = (1 + level) / 2
  return { low: wilsonBound(counted, side, -1), high: wilsonBound(counted, side, 1) }
}

/** One-sided Wilson upper bound. */
export function wilsonUpper(counted: Proportion, level: number): number {
  return wilsonBound(counted, level, 1)
}

/** One-sided Wilson lower bound. */
export function wilsonLower(counted: Proportion, level: number): number {
  return wilsonBound(counted, level, -1)
}

/** Equal-tailed Bayes interval under Jeffreys' prior Beta(1/2, 1/2). */
export function jeffreys(counted: Proportion, level: number): Interval {
  const side = (1 + level) / 2
  return { low: jeffreysBound(counted, 1 - side), high: jeffreysBound(counted, side) }
}

/** One-sided Jeffreys upper bound. */
export function jeffreysUpper(counted: Proportion, level: number): number {
  return jeffreysBound(counted, level)
}

/** One-sided Jeffreys lower bound. */
export function jeffreysLower(counted: Proportion, level: number): number {
  return jeffreysBound(counted, 1 - level)
}

function jeffreysBound(counted: Proportion, p: number): number {
  const { successes, trials } = requireProportion(counted, p)
  return inverseIncompleteBeta(p, successes + 0.5, trials - successes + 0.5)
}

function wilsonBound(counted: Proportion, level: number, side: 1 | -1): number {
  const { successes, trials } = requireProportion(counted, level)
  if (side < 0 ? successes === 0 : successes === trials) return side < 0 ? 0 : 1
  const z = normalQuantile(level)
  const rate = successes / trials
  const spread = z * Math.sqrt((rate * (1 - rate)) / trials + (z * z) / (4 * trials * trials))
  return (rate + (z * z) / (2 * trials) + side * spread) / (1 + (z * z) / trials)
}

function requireProportion(counted: Proportion, level: number): Proportion {
  const { successes, trials } = counted
  requireDomain(Number.isInteger(trials) && trials > 0, 'trials', trials, '1, 2, 3, …')
  requireDomain(
    Number.isInteger(successes) && successes >= 0 && successes <= trials,
    'successes',
    successes,
    `0 .. ${trials}`,
  )
  requireDomain(level > 0 && level < 1, 'level', level, '0 < level < 1')
  return counted
}
