const DIGITS = 4
/** Digits of a double that arithmetic leaves alone. */
const SURE_DIGITS = 12

const ROUND = { nearest: Math.round, down: Math.floor, up: Math.ceil } as const

/**
 * A figure as it is made public: four significant digits. Two scores in full precision, a few rows apart, give the labels of those
 * rows away exactly. Bounds of an interval are rounded outward, so that no gate opens by rounding.
 */
export function roundDigits(value: number, direction: keyof typeof ROUND = 'nearest'): number {
  if (value === 0 || !Number.isFinite(value)) return value
  const exponent = Math.floor(Math.log10(Math.abs(value))) - DIGITS + 1
  const steps = Number((value / 10 ** exponent).toPrecision(SURE_DIGITS))
  return Number(`${ROUND[direction](steps)}e${exponent}`)
}
