import { useWords } from '../words/use-words.ts'

/** The word for a level of consent; one that this console does not know keeps its name. */
export function useApprovalName(): (level: string) => string {
  const { named } = useWords()
  return (level) => named(`approval.${level}`, level)
}
