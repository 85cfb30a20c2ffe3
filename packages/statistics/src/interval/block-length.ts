const FEWEST_BLOCKS = 10
const MOST_BLOCKS = 1000

/**
 * The block length in use. Longer than `blockRows` where that would make more than 1,000 blocks (sums of neighbours say
 * as much and cost less); shorter where it would leave fewer than ten, too few to show the spread between them.
 */
export function blockLength(rows: number, blockRows: number): number {
  const wanted = Math.max(blockRows, Math.ceil(rows / MOST_BLOCKS))
  return Math.max(1, Math.min(wanted, Math.floor(rows / FEWEST_BLOCKS)))
}
