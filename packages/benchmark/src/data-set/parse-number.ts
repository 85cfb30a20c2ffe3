const ZERO = 0x30
const POINT = 0x2e
const MINUS = 0x2d
const PLUS = 0x2b
const LOWER = 0x20
const E = 0x65
const EXACT_DIGITS = 15
const POWERS = Array.from({ length: 23 }, (_, i) => 10 ** i)

/**
 * A decimal number in ASCII: `12`, `-1.5`, `.5`, `1e-3`; the nearest double, as `Number` gives it. NaN for all else.
 * Up to 15 digits with a power of ten up to 22 are exact in doubles (Clinger 1990), and need no string.
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  const negative = bytes[at] === MINUS
  if (negative || bytes[at] === PLUS) at += 1
  let mantissa = 0
  let digits = 0
  let decimals = 0
  let seenPoint = false
  for (; at < end; at += 1) {
    const byte = bytes[at]!
    const digit = byte - ZERO
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit
      digits += 1
      if (seenPoint) decimals += 1
    } else if (byte === POINT && !seenPoint) seenPoint = true
    else break
  }
  if (digits === 0) return Number.NaN
  const exponent = at < end ? parseExponent(bytes, at, end) : 0
  if (Number.isNaN(exponent)) return Number.NaN
  const power = exponent - decimals
  if (digits > EXACT_DIGITS || power > 22 || power < -22) return slowly(bytes, start, end)
  const value = power < 0 ? mantissa / POWERS[-power]! : mantissa * POWERS[power]!
  return negative ? -value : value
}

/** The exponent of `e-3` from `at` to `end`; NaN where that is not one. */
function parseExponent(bytes: Uint8Array, at: number, end: number): number {
  if ((bytes[at]! | LOWER) !== E) return Number.NaN
  const sign = bytes[at + 1]
  let i = sign === MINUS || sign === PLUS ? at + 2 : at + 1
  if (i >= end) return Number.NaN
  let exponent = 0
  for (; i < end; i += 1) {
    const digit = bytes[i]! - ZERO
    if (digit < 0 || digit > 9) return Number.NaN
    exponent = Math.min(exponent * 10 + digit, 9999)
  }
  return sign === MINUS ? -exponent : exponent
}

/** The form is known to be a decimal number; infinities by overflow are not numbers here. */
function slowly(bytes: Uint8Array, start: number, end: number): number {
  const value = Number(String.fromCharCode(...bytes.subarray(start, end)))
  return Number.isFinite(value) ? value : Number.NaN
}
