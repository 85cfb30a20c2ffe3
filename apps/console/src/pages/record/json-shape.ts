/** True for a text in both languages. */
export function isText(value: object): value is { readonly en: string; readonly zh: string } {
  return Object.keys(value).sort().join() === 'en,zh'
}

/** The members of every item where all items are objects with the same flat members, else undefined. */
export function commonColumns(items: readonly unknown[]): readonly string[] | undefined {
  const [first] = items
  if (!isFlat(first)) return undefined
  const columns = Object.keys(first)
  const same = items.every((item) => isFlat(item) && Object.keys(item).join() === columns.join())
  return same ? columns : undefined
}

function isFlat(value: unknown): value is Readonly<Record<string, unknown>> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
  return Object.values(value).every((inner) => inner === null || typeof inner !== 'object' || isText(inner))
}
