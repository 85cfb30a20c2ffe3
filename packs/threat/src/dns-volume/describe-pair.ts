import type { DnsVolume } from './dns-volume.ts'
import type { PairTable } from './pair-table.ts'

export type PairFigures = Pick<
  DnsVolume,
  'bytes' | 'names' | 'since' | 'queries' | 'charactersPerName' | 'bitsPerCharacter' | 'textShare' | 'irregularity'
>

/** The figures of a pair with at least one new name in its window. */
export function describePair(pairs: PairTable, pair: number): PairFigures {
  const carried = pairs.sum(pairs.bits, pair)
  const names = pairs.sum(pairs.names, pair)
  const pauses = Math.max(1, pairs.get(pair, 'gaps'))
  const charactersPerName = pairs.get(pair, 'characters') / (pairs.get(pair, 'gaps') + 1)
  const mean = pairs.get(pair, 'gapSum') / pauses
  const spread = Math.sqrt(Math.max(0, pairs.get(pair, 'gapSquares') / pauses - mean * mean))
  const queries = pairs.get(pair, 'queries')
  return {
    ...{ bytes: carried / 8, names, since: pairs.times[2 * pair] as number, queries, charactersPerName },
    bitsPerCharacter: carried / (names * charactersPerName),
    textShare: pairs.get(pair, 'texts') / queries,
    irregularity: mean === 0 ? 0 : spread / mean,
  }
}
