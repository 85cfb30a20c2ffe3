/** Bounds of what an alert carries of its event. */
const LONGEST_TEXT = 4096
const MOST_VALUES = 10_000
const MOST_CHARACTERS = 2 ** 19
const MORE = '…'

interface Left {
  values: number
  characters: number
}

/**
 * A copy of a parsed event, or of any part of it, in which no text has more than 4,096 characters and which has at most
 * 10,000 values: the event stays whole in the journal, and its alert costs the others no time. A cut text ends, and a cut
 * list or object goes on, with `…` and how much is missing.
 */
export function shortened<T>(event: T): T {
  return copyOf(event, { values: MOST_VALUES, characters: MOST_CHARACTERS }) as T
}

function copyOf(value: unknown, left: Left): unknown {
  left.values -= 1
  if (typeof value === 'string') return textOf(value, left)
  if (Array.isArray(value)) return listOf(value, left)
  return typeof value === 'object' && value !== null ? objectOf(value, left) : value
}

function textOf(text: string, left: Left): string {
  const kept = Math.max(0, Math.min(LONGEST_TEXT, left.characters))
  left.characters -= Math.min(text.length, kept)
  return text.length <= kept ? text : `${text.slice(0, kept)}${MORE} (${text.length - kept})`
}

function listOf(list: readonly unknown[], left: Left): unknown[] {
  const kept: unknown[] = []
  for (const each of list) {
    if (left.values <= 0) return [...kept, `${MORE} (${list.length - kept.length})`]
    kept.push(copyOf(each, left))
  }
  return kept
}

function objectOf(object: object, left: Left): Record<string, unknown> {
  const kept: [string, unknown][] = []
  const names = Object.keys(object)
  for (const name of names) {
    if (left.values <= 0 || left.characters <= 0) {
      kept.push([MORE, `(${names.length - kept.length})`])
      break
    }
    kept.push([textOf(name, left), copyOf((object as Record<string, unknown>)[name], left)])
  }
  return Object.fromEntries(kept)
}
