import { InvalidArgumentError } from 'commander'

/** The number that an option was given; says so where it is none. */
export function readNumber(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(value)) throw new InvalidArgumentError('give a number')
  return value
}

/** The same for what can be counted only: a seed, minutes. */
export function readWhole(text: string): number {
  const value = readNumber(text)
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('give a whole number')
  return value
}
