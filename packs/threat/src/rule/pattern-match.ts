import { MANY, ONE, type Pattern } from './pattern.ts'

/**
 * Whether the whole text fits the pattern, case-sensitively: fold both first where case does not matter.
 * Goes back only to the last `*`, so time is at most text times pattern, never exponential.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  let part = 0
  let at = 0
  let star = -1
  let resume = 0
  while (part < pattern.length || at < text.length) {
    const step = part < pattern.length ? stepOf(pattern, part, text, at) : -1
    if (pattern[part] === MANY) {
      star = part
      resume = at
      part += 1
      if (part === pattern.length) return true
    } else if (step >= 0) {
      part += 1
      at += step
    } else {
      if (star < 0 || resume >= text.length) return false
      resume = nextStart(pattern[star + 1], text, resume + 1)
      if (resume < 0) return false
      part = star + 1
      at = resume
    }
  }
  return true
}

/** How many UTF-16 units the part takes at this place; -1 where it does not fit. */
function stepOf(pattern: Pattern, part: number, text: string, at: number): number {
  const wanted = pattern[part]
  if (typeof wanted === 'string') return text.startsWith(wanted, at) ? wanted.length : -1
  if (wanted !== ONE || at >= text.length) return -1
  return (text.codePointAt(at) as number) > 0xffff ? 2 : 1
}

function nextStart(after: Pattern[number] | undefined, text: string, from: number): number {
  return typeof after === 'string' ? text.indexOf(after, from) : from
}
