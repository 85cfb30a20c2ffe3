export const LOG_SQRT_TWO_PI = 0.9189385332046728

const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156] as const

/** ln Γ(x) for x > 0; error below 1e-14 of max(1, |ln Γ|). */
export function logGamma(x: number): number {
  let shift = 0
  let at = x
  for (; at < 16; at += 1) shift += Math.log(at)
  return (at - 0.5) * Math.log(at) - at + LOG_SQRT_TWO_PI + stirlingSeries(at) - shift
}

/** ln Γ(x + 1) less Stirling's formula (x + 1/2) ln x - x + ln √2π; x > 0. Loader 2000, "stirlerr". */
export function stirlingError(x: number): number {
  if (x >= 16) return stirlingSeries(x)
  return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - LOG_SQRT_TWO_PI
}

function stirlingSeries(x: number): number {
  const square = x * x
  let sum = 0
  for (let i = STIRLING.length - 1; i >= 0; i -= 1) sum = sum / square + STIRLING[i]!
  return sum / x
}
