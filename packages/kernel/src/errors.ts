import { type Fillings, fillText, inLanguage, type Text, type TextFillings } from './text.ts'

/** What went wrong, in words that no transport owns. HTTP, CLI and logs each map this once. */
export type ErrorKind = 'invalid' | 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'limit' | 'unavailable'

export interface AppErrorOptions {
  readonly cause?: unknown
  readonly details?: Fillings
}

/** A failure that a caller can act on. `code` is stable and documented; `text` is for people and says what to do next. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly kind: ErrorKind
  readonly code: string
  readonly text: Text
  readonly details: Fillings

  constructor(kind: ErrorKind, code: string, text: Text, options: AppErrorOptions = {}) {
    super(text.en, { cause: options.cause })
    this.kind = kind
    this.code = code
    this.text = text
    this.details = options.details ?? {}
  }
}

export interface ErrorEntry extends Text {
  readonly kind: ErrorKind
}

type NameIn<P extends string> = P extends `${infer Name}:${string}` ? Name : P
type Places<S extends string> = S extends `${string}{${infer P}}${infer Rest}` ? NameIn<P> | Places<Rest> : never
type FillingsOf<E extends ErrorEntry> = { readonly [K in Places<E['en'] | E['zh']>]: string | number | Text }
type Maker<E extends ErrorEntry> = [Places<E['en'] | E['zh']>] extends [never]
  ? (fillings?: Record<string, never>, cause?: unknown) => AppError
  : (fillings: FillingsOf<E>, cause?: unknown) => AppError

/** Every error of one area: its makers by name, and its table for docs/reference/errors.md. */
export type ErrorCatalogue<T extends Record<string, ErrorEntry>> = {
  readonly [K in keyof T]: Maker<T[K]>
} & { readonly catalogue: ReadonlyMap<string, ErrorEntry> }

/**
 * Declares the errors of an area once: kind and text in both languages, with `{places}` for what varies.
 * `throw errors.missing_column({ column: 'NOX' })` raises code `<area>.missing_column`. A place takes a text where its word
 * differs by language; `details` keep the English one.
 */
export function defineErrors<const T extends Record<string, ErrorEntry>>(area: string, table: T): ErrorCatalogue<T> {
  const makers: Record<string, unknown> = {}
  const catalogue = new Map<string, ErrorEntry>()
  for (const [name, entry] of Object.entries(table)) {
    const code = `${area}.${name}`
    catalogue.set(code, entry)
    makers[name] = (fillings: TextFillings = {}, cause?: unknown) => {
      const text = fillText({ en: entry.en, zh: entry.zh }, fillings)
      return new AppError(entry.kind, code, text, { cause, details: inLanguage(fillings, 'en') })
    }
  }
  return { ...makers, catalogue } as unknown as ErrorCatalogue<T>
}

/** Errors of the house itself. */
export const houseErrors = defineErrors('house', {
  unexpected: {
    kind: 'unavailable',
    en: 'something unexpected happened inside the house; the server log holds the cause',
    zh: '系统内部发生意外；原因见服务器日志',
  },
})

/** Normalises anything thrown, once, at the edge; the cause is always kept. */
export function toAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : houseErrors.unexpected({}, thrown)
}
