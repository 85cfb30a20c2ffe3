import { useWords } from '../words/use-words.ts'
import { WORDS, type WordKey } from '../words/words.ts'

/** The word for a level of consent; one that this console does not know keeps its name. */
export function useApprovalName(): (level: string) => string {
  const { language } = useWords()
  return (level) => {
    const key = `approval.${level}`
    return key in WORDS ? WORDS[key as WordKey][language] : level
  }
}
