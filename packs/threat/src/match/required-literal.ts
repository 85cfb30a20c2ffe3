const MIN_LENGTH = 3
/** Characters rare enough for a shorter text to be worth looking for. */
const RARE = /^[`{}|^%&+$~]+$/
/** Escapes that take in characters behind their letter, or as many as they like. */
const LONG_ESCAPE = /[QxPp0-9]/
const COUNT = /\{\d+(?:,\d*)?\}/y
/** Runs of plain characters; everything else ends a run. */
const PIECE = /\\([^A-Za-z0-9])|([^\\.^$|?*+()[\]{}])/y

/**
 * A text that every match of a regular expression contains, in lower case; undefined where none is sure.
 * Looks only at the top level: what stands in groups, classes or before an optional mark does not count.
 */
export function literalOfRegex(source: string): string | undefined {
  const runs: string[] = []
  let run = ''
  const end = (): void => {
    runs.push(run)
    run = ''
  }
  let at = source.startsWith('(?i)') ? 4 : 0
  while (at < source.length) {
    PIECE.lastIndex = at
    const piece = PIECE.exec(source)
    if (piece) {
      at += piece[0].length
      if (/[?*{]/.test(source[at] ?? '')) end()
      else run += piece[1] ?? piece[2]
      continue
    }
    end()
    const next = skip(source, at)
    if (next === undefined) return undefined
    at = next
  }
  end()
  const sure = runs.filter((each) => /^[\x20-\x7e]+$/.test(each) && (each.length >= MIN_LENGTH || RARE.test(each)))
  return sure.sort((a, b) => b.length - a.length)[0]?.toLowerCase()
}

/** The place behind an element that is no plain character; undefined where the whole has alternatives. */
function skip(source: string, at: number): number | undefined {
  const char = source[at]
  if (char === '|') return undefined
  if (char === '\\') return LONG_ESCAPE.test(source[at + 1] ?? '') ? undefined : at + 2
  if (char === '[') return behindClass(source, at)
  if (char === '{') return behindCount(source, at)
  return char === '(' ? behindGroup(source, at) : at + 1
}

/** A brace that counts nothing stands for itself. */
function behindCount(source: string, at: number): number {
  COUNT.lastIndex = at
  return at + (COUNT.exec(source)?.[0].length ?? 1)
}

function behindClass(source: string, at: number): number | undefined {
  let i = at + 1
  if (source[i] === '^') i += 1
  if (source[i] === ']') i += 1
  for (; i < source.length; i += 1) {
    if (source[i] === '\\') i += 1
    else if (source[i] === '[' && source[i + 1] === ':') i = source.indexOf(':]', i) + 1
    else if (source[i] === ']') return i + 1
  }
  return undefined
}

/** A group with flags changes what follows; it is left alone. */
function behindGroup(source: string, at: number): number | undefined {
  if (source[at + 1] === '?' && source[at + 2] !== ':' && source[at + 2] !== 'P' && source[at + 2] !== '<')
    return undefined
  let depth = 0
  for (let i = at; i < source.length; i += 1) {
    if (source[i] === '\\') i += 1
    else if (source[i] === '[') i = (behindClass(source, i) ?? source.length) - 1
    else if (source[i] === '(') depth += 1
    else if (source[i] === ')' && --depth === 0) return i + 1
  }
  return undefined
}
