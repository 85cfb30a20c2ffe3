import { useWords } from './use-words.ts'

/** The name of an ATT&CK tactic by its id, e.g. `credential-access`; one that this console does not know keeps its id. */
export function useTacticName(): (tactic: string) => string {
  const { named } = useWords()
  return (tactic) => named(`tactic.${tactic}`, tactic)
}
