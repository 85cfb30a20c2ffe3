import type { Correlation } from './correlation.ts'
import { countTally } from './count-tally.ts'
import { DistinctTally } from './distinct-tally.ts'
import type { EntryPool } from './entry-pool.ts'
import { OrderedWindows } from './ordered-windows.ts'
import { QueueWindows, type Tally } from './queue-windows.ts'
import { RankTally } from './rank-tally.ts'
import { SumTally } from './sum-tally.ts'
import { TemporalTally } from './temporal-tally.ts'
import type { Windows } from './windows.ts'

export function windowsFor(correlation: Correlation, pool: EntryPool): Windows {
  if (correlation.kind === 'temporal_ordered') return new OrderedWindows(correlation.references.length)
  return new QueueWindows(pool, tallyFor(correlation))
}

function tallyFor({ kind, references, condition }: Correlation): Tally {
  switch (kind) {
    case 'value_count':
      return new DistinctTally()
    case 'temporal':
      return new TemporalTally(references.length)
    case 'value_sum':
    case 'value_avg':
      return new SumTally(kind === 'value_avg')
    case 'value_percentile':
    case 'value_median':
      return new RankTally(condition.percentile ?? 50)
    default:
      return countTally
  }
}
