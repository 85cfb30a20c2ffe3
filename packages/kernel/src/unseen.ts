const UNSEEN = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u
const BREAKS = /[\t\r\n]/g
const NOT_FOR_A_TERMINAL = /(?![\t\n])[\p{Cc}\p{Cs}\p{Bidi_Control}]/gu

/** What `unseenIn` found, for an error that names the place. */
export const UNSEEN_PROBLEM = {
  problem: 'holds a character that is not shown, or that turns the direction of writing',
  problemZh: '含有不可见字符或改变书写方向的字符',
} as const

export type ValuePath = readonly (string | number)[]

/**
 * Where in a value of plain data a text holds what a reader does not see but is misled by: control characters, those that turn
 * the direction of writing, and halves of a surrogate pair. Tabs and line breaks are let through. Undefined where there is none.
 */
export function unseenIn(value: unknown): ValuePath | undefined {
  if (typeof value === 'string') return UNSEEN.test(value.replace(BREAKS, '')) ? [] : undefined
  if (typeof value !== 'object' || value === null) return undefined
  const steps = Array.isArray(value) ? value.entries() : Object.entries(value)
  for (const [step, inner] of steps) {
    const path = unseenIn(inner)
    if (path) return [step, ...path]
  }
  return undefined
}

/** The same text with a mark in place of each such character: safe to print on a terminal. */
export function withoutUnseen(text: string): string {
  return text.replace(NOT_FOR_A_TERMINAL, '\u{fffd}')
}
