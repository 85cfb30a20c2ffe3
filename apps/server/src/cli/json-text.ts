/** Controls, marks that turn the direction of writing, and breaks: what a reader of a terminal does not see. */
const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** A value as JSON in which such characters are escapes: nothing is hidden, and whoever parses it gets the value as it was. */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(HIDDEN, (character) =>
    character === '\n' ? '\n' : escaped(character),
  )
}

/** By UTF-16 unit: a character beyond the basic plane becomes a pair, as JSON wants. */
const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('')
