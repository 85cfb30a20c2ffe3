import { Composer, type CST, type Document, type LineCounter, Parser } from 'yaml'

const READING = { prettyErrors: false, uniqueKeys: false }
const MAX_DEPTH = 100

/**
 * The documents of a file with the place of every node, or where it is nested too deeply (offset in the text). That is told
 * before nodes are made: they are made by recursion, and a stack that is nearly full can end the whole process.
 */
export function yamlDocuments(
  text: string,
  lines: LineCounter,
): { readonly documents: Document[] } | { readonly deepAt: number } {
  const tokens = [...new Parser(lines.addNewLine).parse(text)]
  const deep = tokens.find(isDeep)
  if (deep) return { deepAt: deep.offset }
  return { documents: [...new Composer(READING).compose(tokens)] as Document[] }
}

function isDeep(token: CST.Token): boolean {
  let level = [token]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true
    level = level.flatMap(childrenOf)
  }
  return false
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : []
  if (!('items' in token)) return []
  return token.items.flatMap(({ key, value }) => [...(key ? [key] : []), ...(value ? [value] : [])])
}
