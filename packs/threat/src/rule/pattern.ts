/** `*` of a Sigma value: any characters, also none. */
export const MANY: unique symbol = Symbol('*')
/** `?` of a Sigma value: exactly one character. */
export const ONE: unique symbol = Symbol('?')

export interface Placeholder {
  readonly placeholder: string
}

export type Part = string | typeof MANY | typeof ONE | Placeholder

/** A Sigma string, taken apart at its wildcards. Neighbouring literals are always joined; no literal is empty. */
export type Pattern = readonly Part[]

/**
 * Reads a Sigma string (Sigma 2.1, "Escaping"): a backslash makes `*`, `?` or `\` after it plain;
 * before any other character it stands for itself.
 */
export function readPattern(text: string): Pattern {
  const parts: Part[] = []
  let literal = ''
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] as string
    const next = text[i + 1]
    if (char === '\\' && (next === '*' || next === '?' || next === '\\')) {
      literal += next
      i += 1
    } else if (char === '*' || char === '?') {
      if (literal) parts.push(literal)
      literal = ''
      parts.push(char === '*' ? MANY : ONE)
    } else literal += char
  }
  if (literal) parts.push(literal)
  return parts
}

/** The text with its plain `*` and `?` escaped again: how pySigma hands a string to encoders and field references. */
export function escapedText(pattern: Pattern): string {
  return pattern.map((part) => (typeof part === 'string' ? part.replace(/[*?]/g, '\\$&') : wildcardText(part))).join('')
}

function wildcardText(part: Exclude<Part, string>): string {
  if (part === MANY) return '*'
  return part === ONE ? '?' : `%${(part as Placeholder).placeholder}%`
}

export const isLiteral = (pattern: Pattern): boolean => pattern.every((part) => typeof part === 'string')

export const startsOpen = (pattern: Pattern): boolean => pattern[0] === MANY
export const endsOpen = (pattern: Pattern): boolean => pattern.at(-1) === MANY

export function openStart(pattern: Pattern): Pattern {
  return startsOpen(pattern) ? pattern : [MANY, ...pattern]
}

export function openEnd(pattern: Pattern): Pattern {
  return endsOpen(pattern) ? pattern : [...pattern, MANY]
}

/** Joins neighbouring literals and drops empty ones, so that equal patterns are written alike. */
export function joined(parts: readonly Part[]): Pattern {
  const out: Part[] = []
  for (const part of parts) {
    const last = out.at(-1)
    if (part === '') continue
    if (typeof part === 'string' && typeof last === 'string') out[out.length - 1] = last + part
    else out.push(part)
  }
  return out
}

/** Splits every literal with `split` and returns all combinations of its answers, in order. */
export function combinations(pattern: Pattern, split: (literal: string) => readonly (readonly Part[])[]): Pattern[] {
  let heads: Part[][] = [[]]
  for (const part of pattern) {
    const choices: readonly (readonly Part[])[] = typeof part === 'string' ? split(part) : [[part]]
    heads = heads.flatMap((head) => choices.map((choice): Part[] => [...head, ...choice]))
  }
  return heads.map(joined)
}
