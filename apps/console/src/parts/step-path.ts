/** Height of every drawing; it is stretched to the height of its frame. */
export const TALL = 100

/** A scale from 0 at the bottom to `top` at the upper edge. */
export const upFrom = (top: number) => {
  const unit = TALL / (top > 0 ? top : 1)
  return (value: number): number => Number((TALL - value * unit).toFixed(3))
}

/** Path of a step line, one unit of x a value. Equal neighbours are one stroke; the path of nothing is empty. */
export function stepLine(values: ArrayLike<number>, y: (value: number) => number): string {
  if (values.length === 0) return ''
  let path = `M0 ${y(values[0]!)}`
  for (let i = 1; i < values.length; i += 1) if (values[i] !== values[i - 1]) path += `H${i}V${y(values[i]!)}`
  return `${path}H${values.length}`
}

/** Path of what lies between a step line and the bottom. */
export function stepArea(values: ArrayLike<number>, y: (value: number) => number): string {
  return values.length === 0 ? '' : `${stepLine(values, y)}V${y(0)}H0Z`
}

/** Path of what lies between two step lines. */
export function stepBand(low: ArrayLike<number>, high: ArrayLike<number>, y: (value: number) => number): string {
  if (low.length === 0) return ''
  let back = `L${low.length} ${y(low[low.length - 1]!)}`
  for (let i = low.length - 1; i > 0; i -= 1) if (low[i] !== low[i - 1]) back += `H${i}V${y(low[i - 1]!)}`
  return `${stepLine(high, y)}${back}H0Z`
}

/** Path of a step line that is broken wherever a value lies below zero: there is none. */
export function brokenLine(values: ArrayLike<number>, y: (value: number) => number): string {
  let path = ''
  for (let i = 0; i < values.length; i += 1) {
    if (values[i]! < 0) continue
    const joins = i > 0 && values[i - 1]! >= 0
    path += `${joins ? (values[i] === values[i - 1] ? '' : `V${y(values[i]!)}`) : `M${i} ${y(values[i]!)}`}H${i + 1}`
  }
  return path
}
