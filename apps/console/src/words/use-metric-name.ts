import { useWords } from './use-words.ts'

/** The name of a metric as people write it; one that this console does not know keeps its own. */
export function useMetricName(): (metric: string) => string {
  const { named } = useWords()
  return (metric) => named(`metric.${metric}`, metric)
}
