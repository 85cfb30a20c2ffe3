import { useWords } from './use-words.ts'
import { WORDS, type WordKey } from './words.ts'

/** The name of an ATT&CK tactic by its id, e.g. `credential-access`; one that this console does not know keeps its id. */
export function useTacticName(): (tactic: string) => string {
  const { language } = useWords()
  return (tactic) => {
    const key = `tactic.${tactic}`
    return key in WORDS ? WORDS[key as WordKey][language] : tactic
  }
}
