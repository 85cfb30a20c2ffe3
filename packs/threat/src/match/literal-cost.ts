import type { Place } from './literal-trie.ts'

const WEIGHT: Readonly<Record<Place, number>> = { equals: 0.3, ends: 0.5, starts: 1, contains: 1 }
/** Texts that stand in most values of the fields where they are sought. */
const USUAL =
  /^(?:\.exe|\.dll|exe|dll|\\|\/|c:\\(?:windows\\(?:system32\\)?)?|\\system32\\|\\windows\\|system|https?|powershell)$/
const USUAL_COST = 1

/** How often a literal is to be expected: short ones, and those at no fixed place, are found more often. */
export function costOfLiteral({ text, place }: { readonly text: string; readonly place: Place }): number {
  const rare = WEIGHT[place] / Math.min(Math.max(text.length, 1), 24) ** 2
  return rare + (place !== 'equals' && USUAL.test(text) ? USUAL_COST : 0)
}
