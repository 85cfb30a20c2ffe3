import { type Document, isMap, isScalar, isSeq, type Node, YAMLParseError } from 'yaml'

/**
 * Notes the second of two equal keys of one map as an error of the document (YAML 1.2.2, section 3.2.1.1). The reader's own
 * check compares every pair of keys of a map, which takes a quarter of the time of reading a rule set.
 */
export function noteDuplicateKey(document: Document): void {
  const key = duplicateIn(document.contents)
  if (!key) return
  const [from = 0, to = from] = key.range ?? []
  document.errors.push(new YAMLParseError([from, to], 'DUPLICATE_KEY', 'Map keys must be unique'))
}

function duplicateIn(node: unknown): Node | undefined {
  if (isSeq(node)) return first(node.items, duplicateIn)
  if (!isMap(node)) return undefined
  const seen = new Set<unknown>()
  return first(node.items, ({ key, value }) => {
    if (!isScalar(key)) return duplicateIn(key) ?? duplicateIn(value)
    if (seen.has(key.value)) return key
    seen.add(key.value)
    return duplicateIn(value)
  })
}

function first<T>(items: readonly T[], find: (item: T) => Node | undefined): Node | undefined {
  for (const item of items) {
    const found = find(item)
    if (found) return found
  }
  return undefined
}
