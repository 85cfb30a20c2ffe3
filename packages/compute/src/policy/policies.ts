import type { Policy } from '../online/online-state.ts'
import { electricityOf, fastest } from './fit.ts'
import { reserving } from './reserve.ts'

/** Larger than any cost in yuan: makes time come before money. */
const TIME_FIRST = 1e9

/**
 * First come first served with conservative backfill and power licences, as Slurm does it: every job has a reservation, at full
 * power, at the earliest end that delays nobody who came before; of equal ends the cheapest. Power is a licence like chips.
 */
export const firstComeBackfill: Policy = reserving({
  ways: fastest,
  nowOnly: false,
  compress: true,
  score: (column, _job, { energy }) => TIME_FIRST * (column.start + column.way.slots) + electricityOf(energy, column),
})

/** Now, at the site whose electricity is cheapest in this slot, at full power (SustainCluster's lowest_price). */
export const lowestPriceNow: Policy = reserving({
  ways: fastest,
  nowOnly: true,
  compress: false,
  score: ({ way: { site } }) => site.yuanPerKwh[0]! * site.pue[0]!,
})

/** Now, at the site whose electricity is cleanest in this slot, at full power (SustainCluster's lowest_carbon). */
export const lowestCarbonNow: Policy = reserving({
  ways: fastest,
  nowOnly: true,
  compress: false,
  score: ({ way: { site } }) => site.carbonKgPerKwh[0]! * site.pue[0]!,
})

/** At the slots before the deadline that cost least electricity, at full power, decided on arrival ("let's wait awhile"). */
export const cheapestWait: Policy = reserving({
  ways: fastest,
  nowOnly: false,
  compress: false,
  score: (column, _job, { energy }) => electricityOf(energy, column),
})

/** At the place, slots and power level with the least electricity and delay, decided on arrival and kept. */
export const cheapestInsertion: Policy = reserving({
  ways: (ways) => ways,
  nowOnly: false,
  compress: false,
  score: (column, _job, { energy, delayYuan }) =>
    electricityOf(energy, column) + delayYuan * (column.start + column.way.slots),
})
