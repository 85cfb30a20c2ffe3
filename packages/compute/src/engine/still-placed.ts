import type { Order } from '../executor/executor.ts'
import type { PublicJob } from '../public-job/public-job.ts'

/** Whether a job is due and lies where an order has it: a re-plan may have moved it since the order was made. Pure. */
export function isStillPlaced(
  { ask, placement }: Pick<PublicJob, 'ask' | 'placement'>,
  order: Order,
  now: Date,
): boolean {
  if (!placement || new Date(placement.startsAt) > now) return false
  const { site, chip, watts, chips = ask.chips } = placement
  return site === order.site && chip === order.chip && watts === order.wattsPerChip && chips === order.chips
}
