/** What a person reads, in both languages of the house. */
export interface Text {
  readonly en: string
  readonly zh: string
}

export type Language = keyof Text

export type Fillings = Readonly<Record<string, string | number>>

/** Fills `{name}` places of a template; an unknown place stays as it is, so that a mistake is seen. */
export function fill(template: string, fillings: Fillings): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) =>
    Object.hasOwn(fillings, name) ? String(fillings[name]) : place,
  )
}

export function fillText(template: Text, fillings: Fillings = {}): Text {
  return { en: fill(template.en, fillings), zh: fill(template.zh, fillings) }
}
