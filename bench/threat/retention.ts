import { testStores } from '@dengta/store'
import { fillGroups } from '../../packs/threat/src/service/retention/many-groups.fixture.ts'
import { USUAL_RETENTION } from '../../packs/threat/src/service/retention/retention.ts'
import { sweep } from '../../packs/threat/src/service/retention/retention-sweep.ts'
import { threatHouse } from '../../packs/threat/src/service/threat-house.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'

const GROUPS = 200_000
const DAY_MS = 86_400_000

/** A house of 200,000 groups of which all but each tenth go: what others wait for a step at most. */
export const retention: Benchmark = async (emit) => {
  const [stores] = testStores()
  const house = await threatHouse(stores!)
  await fillGroups(house.store, GROUPS)
  house.clock.advance(91 * DAY_MS)
  const steps: { cpu: number; gone: number }[] = []
  for (let going = sweep({ ...house, retention: USUAL_RETENTION }); ; ) {
    const begun = process.cpuUsage()
    const { done, value } = await going.next()
    const { user, system } = process.cpuUsage(begun)
    if (done) break
    steps.push({ cpu: (user + system) / 1000, gone: value ?? 0 })
  }
  const full = steps.filter(({ gone }) => gone > 50).map(({ cpu }) => cpu)
  const sorted = full.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!
  const gone = steps.reduce((sum, step) => sum + step.gone, 0)
  emit(
    figure('retention of 200,000 groups: a step, median', at(0.5), 'ms CPU', {
      goal: { is: '<=', than: 20 },
      yardstick: `${gone} groups went in ${full.length} steps; 95 % of steps within ${at(0.95).toFixed(1)}, the longest ${at(1).toFixed(1)}`,
    }),
  )
  await house.close()
}
