/** What a field of an event can hold. */
export type Scalar = string | number | boolean | null

/**
 * All values of an event by their path: nested names joined by dots, members of lists under the path of the list. An object or
 * a list that has no value of its own is there without values.
 */
export type Leaves = ReadonlyMap<string, readonly Scalar[]>

const MAX_DEPTH = 64

/** Takes an event apart; spaces in names are dropped as Sigma does. What lies deeper than 64 levels is not looked at. */
export function leavesOf(event: unknown): Leaves {
  const leaves = new Map<string, Scalar[]>()
  collect(event, undefined, 0, leaves)
  return leaves
}

/** `path` is undefined for the event itself: a name may be empty. */
function collect(value: unknown, path: string | undefined, depth: number, leaves: Map<string, Scalar[]>): void {
  if (typeof value !== 'object' || value === null) {
    const found = leaves.get(path ?? '')
    if (found) found.push(value as Scalar)
    else leaves.set(path ?? '', [value as Scalar])
    return
  }
  if (path !== undefined && !leaves.has(path)) leaves.set(path, [])
  if (depth > MAX_DEPTH) return
  if (Array.isArray(value)) for (const each of value) collect(each, path, depth + 1, leaves)
  else {
    for (const name of Object.keys(value)) {
      const plain = name.includes(' ') ? name.replaceAll(' ', '') : name
      const each = (value as Record<string, unknown>)[name]
      collect(each, path === undefined ? plain : `${path}.${plain}`, depth + 1, leaves)
    }
  }
}
