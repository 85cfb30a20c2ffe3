/** Gives the next whole number in 0 .. 2^32 - 1. */
export type Random = () => number

/**
 * sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, the same numbers on every machine.
 * Seeded as PractRand does: the seed, eleven further words thrown away.
 */
export function seededRandom(seed: number): Random {
  let a = 0
  let b = seed | 0
  let c = Math.floor(seed / 2 ** 32) | 0
  let counter = 1
  const next = (): number => {
    const out = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + out) | 0
    return out >>> 0
  }
  for (let i = 0; i < 12; i += 1) next()
  return next
}

/** Uniform in (0, 1): never 0, never 1. */
export function uniform(random: Random): number {
  return (random() + 0.5) / 2 ** 32
}
