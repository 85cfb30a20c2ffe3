/**
 * The form in which texts are compared without regard to case: lower case in which a letter is the same wherever it stands
 * (a capital sigma becomes another small one at the end of a word, so that part of a text would not be found in it).
 */
export function fold(text: string): string {
  if (text !== last.text) last = { text, folded: folded(text) }
  return last.folded
}

/** Many comparisons look at one value after the other. */
let last = { text: '', folded: '' }

function folded(text: string): string {
  const lower = text.toLowerCase()
  return lower.includes('ς') ? lower.replaceAll('ς', 'σ') : lower
}
