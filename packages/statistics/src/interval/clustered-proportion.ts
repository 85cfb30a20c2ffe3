import { requireDomain } from '../errors.ts'
import { inverseIncompleteBeta } from '../special/incomplete-beta.ts'
import { studentQuantile } from '../special/student-t.ts'
import { clopperPearsonUpper, type Proportion } from './proportion-interval.ts'

/**
 * One-sided upper bound of a rate whose trials come in clusters (sites, machines) that differ among themselves: the
 * exact bound at the effective number of trials (Korn, Graubard 1998), which is never more than the trials there are.
 * Needs two clusters with trials.
 */
export function clusteredUpper(clusters: readonly Proportion[], level: number): number {
  const used = clusters.filter(({ trials }) => trials > 0)
  requireDomain(used.length > 1, 'clusters', used.length, '2, 3, 4, …')
  const successes = sum(used, (cluster) => cluster.successes)
  const trials = sum(used, (cluster) => cluster.trials)
  clopperPearsonUpper({ successes, trials }, level)
  if (successes === trials) return 1
  const effective = effectiveTrials(used, { successes, trials }) * freedomFactor(used.length, trials, level)
  const counted = (successes / trials) * effective
  return inverseIncompleteBeta(level, counted + 1, effective - counted)
}

/** p (1 - p) over the variance between clusters of the ratio estimate. */
function effectiveTrials(clusters: readonly Proportion[], { successes, trials }: Proportion): number {
  const rate = successes / trials
  const spread = sum(clusters, (cluster) => (cluster.successes - rate * cluster.trials) ** 2)
  const variance = ((clusters.length / (clusters.length - 1)) * spread) / trials ** 2
  return variance === 0 ? trials : Math.min(trials, (rate * (1 - rate)) / variance)
}

function freedomFactor(clusters: number, trials: number, level: number): number {
  if (trials < 2 || level <= 0.5) return 1
  return Math.min(1, (studentQuantile(level, trials - 1) / studentQuantile(level, clusters - 1)) ** 2)
}

function sum(clusters: readonly Proportion[], of: (cluster: Proportion) => number): number {
  return clusters.reduce((total, cluster) => total + of(cluster), 0)
}
