/** What a person reads, in both languages of the house. */
export interface Text {
  readonly en: string
  readonly zh: string
}

export type Language = keyof Text

export type Fillings = Readonly<Record<string, string | number>>

/**
 * Fills `{name}` places of a template; an unknown place stays as it is, so that a mistake is seen.
 * `{name:file|files}` takes the first form where the value is 1, also as text, and else the second.
 */
export function fill(template: string, fillings: Fillings): string {
  return template.replace(
    /\{(\w+)(?::([^{}|]+)\|([^{}|]+))?\}/g,
    (place, name: string, one?: string, many?: string) => {
      if (!Object.hasOwn(fillings, name)) return place
      const value = String(fillings[name])
      return one === undefined || many === undefined ? value : value === '1' ? one : many
    },
  )
}

export function fillText(template: Text, fillings: Fillings = {}): Text {
  return { en: fill(template.en, fillings), zh: fill(template.zh, fillings) }
}
