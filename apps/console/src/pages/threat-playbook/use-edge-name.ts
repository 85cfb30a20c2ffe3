import { useWords } from '../../words/use-words.ts'
import { WORDS, type WordKey } from '../../words/words.ts'

/** The word for a way between steps; a `case:` keeps its value, and what this console does not know its name. */
export function useEdgeName(): (kind: string) => string {
  const { language } = useWords()
  return (kind) => {
    const key = `edgeKind.${kind}`
    return key in WORDS ? WORDS[key as WordKey][language] : kind.replace(/^case:/, '')
  }
}
