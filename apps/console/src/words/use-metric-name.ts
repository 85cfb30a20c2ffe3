import { useWords } from './use-words.ts'
import { WORDS, type WordKey } from './words.ts'

/** The name of a metric as people write it; one that this console does not know keeps its own. */
export function useMetricName(): (metric: string) => string {
  const { language } = useWords()
  return (metric) => {
    const key = `metric.${metric}`
    return key in WORDS ? WORDS[key as WordKey][language] : metric
  }
}
