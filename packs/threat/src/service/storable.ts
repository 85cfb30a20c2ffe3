/** Text that PostgreSQL can hold: no NUL, no lone surrogate. What attackers write must not stop the flow. */
export function storable(text: string, most = 1000): string {
  const short = text.length > most ? `${text.slice(0, most - 1)}…` : text
  return REFUSED.test(short) ? Buffer.from(short, 'utf8').toString('utf8').replaceAll('\0', '\uFFFD') : short
}

const REFUSED = /[\0\p{Surrogate}]/u

/** U+FFFD for each half of a surrogate pair: events may hold one, canonical JSON, and so a record, may not. */
export const wellFormed = (text: string): string => text.replace(HALVES, '\uFFFD')

const HALVES = /\p{Surrogate}/gu

/** A value as plain JSON that canonical JSON can carry. */
export function plainJson(value: unknown): unknown {
  const text = JSON.stringify(value)
  if (!WRITTEN_HALF.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_, each) => (typeof each === 'string' ? wellFormed(each) : each))
}

/** As JSON.stringify writes it. */
const WRITTEN_HALF = /\\ud[89a-f]/

/** A time that PostgreSQL and RFC 3339 can both hold: years 1900 to 9998; others are set to the nearer end. */
export function storableTime(milliseconds: number): Date {
  return new Date(Math.min(Math.max(milliseconds, FIRST), LAST) || 0)
}

/** A count that a column of 32 bits can hold: what is beyond is set to its end, rather than stop the flow. */
export const storableCount = (count: number): number => Math.min(count, MOST_COUNTED)

const MOST_COUNTED = 2 ** 31 - 1

const FIRST = Date.UTC(1900, 0, 1)
const LAST = Date.UTC(9999, 0, 1)
