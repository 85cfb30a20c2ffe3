import type { Clock } from '@dengta/kernel'
import type { Client, PlanView } from '@dengta/sdk'
import type { SampleProgramme } from './walk.ts'

export interface SampleDayOptions {
  readonly programme: Pick<SampleProgramme, 'computeDay'>
  readonly clock: Clock
}

/** What a participant of the sample programme gets of public compute. */
const GRANTS = [
  { participant: 'vendor-a', chipHours: 200, kwh: 100, share: 2 },
  { participant: 'vendor-b', chipHours: 200, kwh: 100, share: 2 },
]

const SOURCE =
  'sample day of the house: time-of-use windows of four areas and the a100 curves are published facts; prices, PUE, carbon, envelopes and all jobs are assumed · 平台样例日：四地峰谷时段与 a100 功率曲线为公开事实，其余均为假设'

/**
 * Uploads the sample day as of today (UTC+8), grants public compute and asks for the plan, which is worked out while the programme
 * goes on; answers the id of the plan. A day that has a plan is left alone, one whose plan is under way is not asked about again.
 */
export async function askSampleDay(house: Client, { programme, clock }: SampleDayOptions): Promise<string | undefined> {
  if ((await house.listDays()).some((day) => day.source === SOURCE && day.plan !== undefined)) return undefined
  const startsAt = midnightInChina(clock.now())
  const day = await house.uploadDay({ origin: 'simulated', source: SOURCE, startsAt }, programme.computeDay)
  const granted = new Set((await house.listQuotas()).map(({ participant }) => participant))
  for (const grant of GRANTS) if (!granted.has(grant.participant)) await house.grantQuota(grant)
  const asked = (await house.listPlans({ day: day.id })).find(isUnderWay)
  return (asked ?? (await house.askPlan({ day: day.id }))).id
}

const isUnderWay = ({ state }: PlanView): boolean => state === 'waiting' || state === 'running'

/** The midnight that today began with in UTC+8. */
function midnightInChina(now: Date): string {
  const there = new Date(now.getTime() + 8 * 3_600_000)
  return `${there.toISOString().slice(0, 10)}T00:00:00+08:00`
}
