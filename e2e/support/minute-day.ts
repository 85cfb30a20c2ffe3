import { setTimeout as wait } from 'node:timers/promises'
import type { Client, ComputeJobView, NewComputeJob, PlanView } from '@dengta/sdk'

export const ASKER = 'lab-a'
const MINUTE = 60_000

export interface MinuteDay {
  readonly site: string
  readonly chip: string
}

/** A day of two hours in slots of one minute: one site of sixteen chips at 500 W under 10 kW, and a job of others that draws 1 kW. */
const dayFile = ({ site, chip }: MinuteDay): string => `
snapshot: a-day-of-minutes
slotMinutes: 1
slots: 120
chips: [${chip}]
classes: {fit: {${chip}: [{watts: 500, speed: 1}]}}
participants: [{participant: others}]
sites:
  - site: ${site}
    pue: 1
    tariff: {periods: {all: 0.5}, windows: [{from: '00:00', to: '02:00', period: all}]}
    carbonKgPerKwh: 0.5
    envelopeKw: 10
    pools: [{chip: ${chip}, count: 16}]
jobs:
  - {job: theirs, participant: others, class: fit, chips: 2, hours: 2, release: '00:00', deadline: '02:00', tier: 0}
`

/** Opens the day in the minute in course, plans it, and grants compute to a developer. */
export async function openMinuteDay(clientOf: (participant?: string) => Client, day: MinuteDay): Promise<void> {
  const operator = clientOf()
  const startsAt = new Date(Math.floor(Date.now() / MINUTE) * MINUTE)
  const query = { origin: 'simulated', source: 'made by a test', startsAt: startsAt.toISOString() } as const
  const { id } = await operator.uploadDay(query, new TextEncoder().encode(dayFile(day)))
  await donePlan(operator, (await operator.askPlan({ day: id, effort: 'quick' })).id)
  await operator.addParticipant({ id: ASKER, name: 'Lab A', roles: ['developer'] })
  await operator.grantQuota({ participant: ASKER, chipHours: 10, kwh: 100 })
}

async function donePlan(operator: Client, id: string): Promise<PlanView> {
  return until(async () => {
    const plan = await operator.getPlan(id)
    return plan.state === 'done' ? plan : undefined
  })
}

/** Announces an event over the newest plan that begins with a whole minute, at least fifteen seconds from now. */
export async function announceNext(operator: Client, event: { readonly minutes: number; readonly depth: number }) {
  const plan = (await operator.listPlans()).find(({ state }) => state === 'done')!
  const { startsAt } = await operator.getDay(plan.day)
  const minute = Math.ceil((Date.now() + 15_000 - Date.parse(startsAt)) / MINUTE)
  const from = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  return operator.announceEvent({ plan: plan.id, from, ...event })
}

/** The first site of the engine as it stands now. */
export const powerNow = async (client: Client) => (await client.getComputeEngine()).sites[0]!

/** A job of four chips and so many minutes; may be paused unless its tier is 0. */
export const jobOf = (name: string, minutes: number, more: Partial<NewComputeJob> = {}): NewComputeJob => ({
  ...{ name, class: 'fit', chips: 4, hours: minutes / 60, tier: 2, ...more },
  deadline: new Date(Date.now() + 60 * MINUTE).toISOString(),
})

export function untilState(client: Client, id: string, ...states: ComputeJobView['state'][]): Promise<ComputeJobView> {
  return until(async () => {
    const job = await client.getComputeJob(id)
    return states.includes(job.state) ? job : undefined
  })
}

/** Asks again until there is an answer; gives up after three minutes. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let turn = 0; turn < 900; turn += 1) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await wait(200)
  }
  throw new Error('it did not come true within three minutes')
}
