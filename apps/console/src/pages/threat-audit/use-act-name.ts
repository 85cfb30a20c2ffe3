import { useWords } from '../../words/use-words.ts'

/** The words for an act; one that this console does not know keeps its dotted name. */
export function useActName(): (action: string) => string {
  const { named } = useWords()
  return (action) => named(`act.${action.replace('.', '-')}`, action)
}
