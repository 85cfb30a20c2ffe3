/** Digits that a drawing needs and no more: a board of thousands of numbers stays small. */
export function rounded(values: ArrayLike<number>, digits: number): number[] {
  const scale = 10 ** digits
  return Array.from(values, (value) => Math.round(value * scale) / scale)
}
