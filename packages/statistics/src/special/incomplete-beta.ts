import { requireDomain } from '../errors.ts'
import { LOG_SQRT_TWO_PI, stirlingError } from './log-gamma.ts'

const TINY = 1e-300
const EPSILON = 1e-16
const MOST_TERMS = 100_000

/** Regularised incomplete beta function I_x(a, b); a, b > 0, x in 0 .. 1. Relative error about 1e-13. */
export function incompleteBeta(x: number, a: number, b: number): number {
  requireDomain(a > 0, 'a', a, 'a > 0')
  requireDomain(b > 0, 'b', b, 'b > 0')
  requireDomain(x >= 0 && x <= 1, 'x', x, '0 <= x <= 1')
  if (x === 0 || x === 1) return x
  return x <= (a + 1) / (a + b + 2) ? lowerTail(x, a, b) : 1 - lowerTail(1 - x, b, a)
}

/** The x with I_x(a, b) = p; Newton's steps kept inside a shrinking bracket. */
export function inverseIncompleteBeta(p: number, a: number, b: number): number {
  requireDomain(p >= 0 && p <= 1, 'p', p, '0 <= p <= 1')
  if (p === 0 || p === 1) return p
  let low = 0
  let high = 1
  let x = a / (a + b)
  for (let i = 0; i < 400; i += 1) {
    const error = incompleteBeta(x, a, b) - p
    if (error > 0) high = x
    else low = x
    const next = x - error / betaDensity(x, a, b)
    const stepped = next > low && next < high ? next : (low + high) / 2
    if (Math.abs(stepped - x) <= 1e-16 * stepped) return stepped
    x = stepped
  }
  return x
}

/** Density of the beta distribution at x in (0, 1). */
export function betaDensity(x: number, a: number, b: number): number {
  return powers(x, a, b) / (x * (1 - x))
}

function lowerTail(x: number, a: number, b: number): number {
  return (powers(x, a, b) / a) * continuedFraction(x, a, b)
}

/** x^a (1-x)^b / B(a, b) by Loader's saddle point: exact also where a and b are large. */
function powers(x: number, a: number, b: number): number {
  const n = a + b
  const exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * (1 - x))
  return Math.exp(exponent - LOG_SQRT_TWO_PI) * Math.sqrt((a * b) / n)
}

/** Loader's D0: v ln(v / m) + m - v, by its series where v and m are close. */
function deviance(v: number, m: number): number {
  if (Math.abs(v - m) >= 0.1 * (v + m)) return v * Math.log(v / m) + m - v
  const ratio = (v - m) / (v + m)
  let sum = (v - m) * ratio
  let term = 2 * v * ratio
  for (let k = 1; k < 1000; k += 1) {
    term *= ratio * ratio
    const next = sum + term / (2 * k + 1)
    if (next === sum) return sum
    sum = next
  }
  return sum
}

/** DLMF 8.17.22, by Lentz's method. */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = away(1 - ((a + b) * x) / (a + 1))
  d = 1 / d
  let fraction = d
  for (let m = 1; m < MOST_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < EPSILON) return fraction
  }
  return fraction
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
