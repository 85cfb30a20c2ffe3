import { requireDomain } from '../errors.ts'

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI)

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / ROOT_TWO_PI
}

/** P(Z <= x); relative error below 1e-13 also in the far lower tail. */
export function normalProbability(x: number): number {
  if (x > 0) return 1 - normalProbability(-x)
  return x > -3 ? 0.5 - centralSeries(-x) : tailFraction(-x)
}

/** The x with P(Z <= x) = p; Halley's steps from the start of Abramowitz and Stegun 26.2.23. */
export function normalQuantile(p: number): number {
  requireDomain(p > 0 && p < 1, 'p', p, '0 < p < 1')
  if (p > 0.5) return -normalQuantile(1 - p)
  if (p === 0.5) return 0
  const t = Math.sqrt(-2 * Math.log(p))
  let x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
  for (let i = 0; i < 4; i += 1) {
    const step = (normalProbability(x) - p) / normalDensity(x)
    x -= step / (1 + (x * step) / 2)
  }
  return x
}

/** φ(x) Σ x^(2k+1) / (1·3·…·(2k+1)), which is P(0 < Z < x). */
function centralSeries(x: number): number {
  let term = x
  let sum = x
  for (let k = 3; term > sum * 1e-18; k += 2) {
    term *= (x * x) / k
    sum += term
  }
  return sum * normalDensity(x)
}

/** Laplace's continued fraction of Mills' ratio, from the far end; x >= 3. */
function tailFraction(x: number): number {
  let fraction = x
  for (let k = 160; k >= 1; k -= 1) fraction = x + k / fraction
  return normalDensity(x) / fraction
}
