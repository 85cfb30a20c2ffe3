import { useWords } from '../../words/use-words.ts'
import { WORDS, type WordKey } from '../../words/words.ts'

/** The words for an act; one that this console does not know keeps its dotted name. */
export function useActName(): (action: string) => string {
  const { language } = useWords()
  return (action) => {
    const key = `act.${action.replace('.', '-')}`
    return key in WORDS ? WORDS[key as WordKey][language] : action
  }
}
