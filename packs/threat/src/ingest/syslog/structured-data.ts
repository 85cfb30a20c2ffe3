/** RFC 5424 6.3: names and values by element. */
export type StructuredData = Readonly<Record<string, Readonly<Record<string, string>>>>

const ELEMENT = /\[([^\s=\]"]{1,255})/y
const PARAMETER = / +([^\s=\]"]{1,255})="/y
const END = / *\]/y
const ESCAPED = /\\(["\\\]])/g

/** Reads it from the front of `text`; undefined where it is malformed. `rest` is the message. */
export function readStructuredData(
  text: string,
): { readonly data: StructuredData | undefined; readonly rest: string } | undefined {
  if (text.startsWith('-')) return endOf(undefined, text, 1)
  const data: Record<string, Record<string, string>> = Object.create(null)
  let at = 0
  for (let id = take(ELEMENT, text, at); id; id = take(ELEMENT, text, at)) {
    at += id[0].length
    const name = id[1] as string
    const element: Record<string, string> = data[name] ?? Object.create(null)
    data[name] = element
    for (let pair = take(PARAMETER, text, at); pair; pair = take(PARAMETER, text, at)) {
      const from = at + pair[0].length
      const to = endOfValue(text, from)
      if (to === undefined) return undefined
      element[pair[1] as string] = text.slice(from, to).replace(ESCAPED, '$1')
      at = to + 1
    }
    const end = take(END, text, at)
    if (!end) return undefined
    at += end[0].length
  }
  return at === 0 && text !== '' ? undefined : endOf(data, text, at)
}

/** Where the quote that ends a value stands; a value has no bare bracket. */
function endOfValue(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at]
    if (letter === '"') return at
    if (letter === ']') return undefined
    if (letter === '\\') at += 1
  }
  return undefined
}

function endOf(data: StructuredData | undefined, text: string, at: number) {
  return at === text.length || text[at] === ' ' ? { data, rest: text.slice(at + 1) } : undefined
}

function take(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
