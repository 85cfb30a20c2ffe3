import { testStores } from '@dengta/store'
import { AUDITOR, threatHouse } from '../../packs/threat/src/service/threat-house.fixture.ts'
import { fillTickets } from '../../packs/threat/src/service/ticket/many-tickets.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'

const TICKETS = 100_000
const LOOKS = 5

/** Times and hand-over report of a house with 100,000 tickets of a year, a tenth of them open. */
export const tickets: Benchmark = async (emit) => {
  const [stores] = testStores()
  const house = await threatHouse(stores!)
  await fillTickets(house.store, TICKETS)
  const shift = { from: '2026-11-22T00:00:00Z', to: '2026-11-22T08:00:00Z' }
  for (const [name, place, query] of [
    ['times', 'GET /ticket-times', {}],
    ['hand-over report', 'GET /hand-over', shift],
  ] as const) {
    const taken: number[] = []
    for (let look = 0; look < LOOKS; look += 1) {
      const begun = process.cpuUsage()
      await house.call(AUDITOR, place, { query })
      const { user, system } = process.cpuUsage(begun)
      taken.push((user + system) / 1000)
    }
    const median = taken.toSorted((one, other) => one - other)[Math.floor(LOOKS / 2)]!
    emit(
      figure(`tickets, 100,000 of a year: ${name}`, median, 'ms CPU', {
        goal: { is: '<=', than: 100 },
        yardstick: `${LOOKS} times: ${taken.map((each) => each.toFixed(0)).join(', ')}`,
      }),
    )
  }
  await house.close()
}
