// What the host lays out in memory and this module reads: see src/match/wasm-kit.ts, which writes the same fields.

/** Kinds of values, as in src/match/spans.ts. */
export const PLAIN: u8 = 1
export const QUOTED: u8 = 2
export const ESCAPED: u8 = 3
export const FOREIGN: u8 = 4
export const INTEGER: u8 = 5
export const NUMBER: u8 = 6
export const BOOLEAN: u8 = 7
export const NULL: u8 = 8

/** Answers of `scan` below zero. */
export const NOT_JSON: i32 = -1
export const TOO_DEEP: i32 = -2
/** Nothing wrong, but only the twin can look at it: too many values, or a name with escapes. */
export const FOR_THE_TWIN: i32 = -3

export const QUOTE: u8 = 34
export const BACKSLASH: u8 = 92
