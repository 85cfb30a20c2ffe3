/** What a person reads, in both languages of the house. */
export interface Text {
  readonly en: string
  readonly zh: string
}

export type Language = keyof Text

export type Fillings = Readonly<Record<string, string | number>>

/** What fills a text in both languages: a word that a person reads is a text itself, so that no language stands in the other. */
export type TextFillings = Readonly<Record<string, string | number | Text>>

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

export function fillText(template: Text, fillings: TextFillings = {}): Text {
  return { en: fill(template.en, inLanguage(fillings, 'en')), zh: fill(template.zh, inLanguage(fillings, 'zh')) }
}

export function inLanguage(fillings: TextFillings, language: Language): Fillings {
  const said = Object.entries(fillings).map(([name, value]) => [
    name,
    typeof value === 'object' ? value[language] : value,
  ])
  return Object.fromEntries(said)
}
