import { useWords } from '../../words/use-words.ts'

/** The word for a way between steps; a `case:` keeps its value, and what this console does not know its name. */
export function useEdgeName(): (kind: string) => string {
  const { named } = useWords()
  return (kind) => named(`edgeKind.${kind}`, kind.replace(/^case:/, ''))
}
