/** RFC 5424 6.3: names and values by element. */
export type StructuredData = Readonly<Record<string, Readonly<Record<string, string>>>>

const ELEMENT = /\[([^\s=\]"]{1,255})/y
const PARAMETER = / +([^\s=\]"]{1,255})="((?:[^"\\\]]|\\[\s\S])*)"/y
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
      element[pair[1] as string] = (pair[2] as string).replace(ESCAPED, '$1')
      at += pair[0].length
    }
    const end = take(END, text, at)
    if (!end) return undefined
    at += end[0].length
  }
  return at === 0 && text !== '' ? undefined : endOf(data, text, at)
}

function endOf(data: StructuredData | undefined, text: string, at: number) {
  return at === text.length || text[at] === ' ' ? { data, rest: text.slice(at + 1) } : undefined
}

function take(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
