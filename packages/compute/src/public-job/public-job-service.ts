import type { Caller, Clock, Ids, Text } from '@dengta/kernel'
import { type ComputeJobView, JOB_STATES } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import type { Transaction } from 'kysely'
import { type Day, endOf } from '../day/day.ts'
import { dayErrors } from '../day/day-errors.ts'
import type { DayService } from '../day/day-service.ts'
import { checkWork, workOf } from '../engine/job-command.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { type Amount, leftOf } from '../quota/quota.ts'
import { quotaErrors } from '../quota/quota-errors.ts'
import type { QuotaStore } from '../quota/quota-store.ts'
import { mayRead, readsAll } from '../site-board/viewer.ts'
import type { ComputeTables } from '../tables.ts'
import { jobReasons as reasons } from './job-reasons.ts'
import { closeLateJobs } from './late-jobs.ts'
import { type Ask, mostOf, type PublicJob, plannedJob, publicJobView, wrongGang } from './public-job.ts'
import { publicJobErrors as errors } from './public-job-errors.ts'
import type { PublicJobStore } from './public-job-store.ts'

export const REPLAN = 'compute-replan'

type Tx = Transaction<ComputeTables>

export interface PublicJobService {
  /** Takes a job in within quota and allowed sites, and queues a re-plan. Throws `compute_job.*`, `quota.*`, `day.none`. */
  ask(caller: Caller, ask: Ask): Promise<ComputeJobView>
  /** Throws `compute_job.missing`, also for a job of somebody else. */
  view(caller: Caller, id: string): Promise<ComputeJobView>
  /** Newest first: the caller's own, or all for operator and auditor. */
  list(caller: Caller): Promise<readonly ComputeJobView[]>
  /** Throws `compute_job.ended`. */
  cancel(caller: Caller, id: string): Promise<ComputeJobView>
}

export interface PublicJobServiceParts {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly days: DayService
  readonly quotas: QuotaStore
  readonly jobs: PublicJobStore
  /** Whether the engine of this house keeps programs of participants in a sandbox. */
  readonly holdsPrograms: () => boolean
  readonly isScenario: (id: string) => Promise<boolean>
}

export function publicJobService(parts: PublicJobServiceParts): PublicJobService {
  const { jobs } = parts
  const find = async (caller: Caller, id: string): Promise<PublicJob> => {
    const job = await jobs.find(id)
    if (!job || !mayRead(caller)(job.participant)) throw errors.missing({ id })
    return job
  }
  return {
    ask: async (caller, ask) => publicJobView(await take(parts, caller, ask)),
    view: async (caller, id) => publicJobView(await find(caller, id)),
    list: async (caller) => (await jobs.list(readsAll(caller) ? undefined : caller.participant)).map(publicJobView),
    cancel: async (caller, id) => {
      await cancel(parts, await find(caller, id))
      return publicJobView(await find(caller, id))
    },
  }
}

async function take(parts: PublicJobServiceParts, caller: Caller, ask: Ask): Promise<PublicJob> {
  const { participant } = caller
  checkWork(workOf(ask.command), caller, parts.holdsPrograms())
  const { store, clock, ids, quotas, jobs, days } = parts
  const now = clock.now()
  if (new Date(ask.deadline) <= now) throw errors.deadline_past({ deadline: ask.deadline })
  await checkScenario(parts, ask)
  await closeLateJobs(parts)
  const day = await dayAt(days, now)
  const snapshot = await days.snapshot(day.snapshot)
  const reason = endOf(day) > now ? reasons.nextPlan() : reasons.noDay()
  return store.transaction<ComputeTables, PublicJob>(async (tx) => {
    const quota = await quotas.lock(tx, participant)
    if (!quota) throw quotaErrors.none({ participant })
    const draft = { id: ids.next('job'), participant, ask: narrowed(participant, ask, quota.sites), askedAt: now }
    const held = heldFor(snapshot, draft, day)
    checkLeft(held, leftOf(quota, await quotas.account(tx, participant)))
    const job: PublicJob = { ...draft, state: 'waiting', reason, held }
    await jobs.create(tx, job)
    await store.jobs.enqueue(tx, REPLAN, {})
    return job
  })
}

async function checkScenario({ isScenario }: PublicJobServiceParts, { scenario }: Ask): Promise<void> {
  if (scenario !== undefined && !(await isScenario(scenario))) throw errors.unknown_scenario({ scenario })
}

/** The day in course, else the next to come, else the newest that was. Throws `day.none`. */
export async function dayAt(days: DayService, now: Date): Promise<Day> {
  const all = await days.list()
  const open = all.filter((day) => endOf(day) > now)
  const next = open.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())[0]
  const found = open.find((day) => day.startsAt <= now) ?? next ?? all[0]
  if (!found) throw dayErrors.none()
  return found
}

/** Sites within the data agreement; throws `compute_job.site_not_allowed`. */
function narrowed(participant: string, ask: Ask, allowed: readonly string[] | undefined): Ask {
  if (!allowed) return ask
  const stranger = ask.sites?.find((site) => !allowed.includes(site))
  if (stranger !== undefined)
    throw errors.site_not_allowed({ participant, site: stranger, allowed: allowed.join(', ') })
  return { ...ask, sites: ask.sites ?? [...allowed] }
}

function heldFor(snapshot: Snapshot, draft: Parameters<typeof plannedJob>[0], day: Day): Amount {
  const { class: name, chips, sites } = draft.ask
  const known = snapshot.sites.map((site) => site.name)
  if (sites && !sites.some((site) => known.includes(site)))
    throw errors.unknown_sites({ sites: sites.join(', '), known: known.join(', ') })
  if (!Object.hasOwn(snapshot.classes, name))
    throw errors.unknown_class({ name, known: Object.keys(snapshot.classes).join(', ') })
  const wrong = wrongGang(draft.ask)
  if (wrong !== undefined) throw errors.gangs_wrong({ chips: wrong })
  const held = mostOf(snapshot, plannedJob(draft, day))
  if (!held) throw errors.fits_nowhere({ chips })
  return held
}

const UNITS: Readonly<Record<keyof Amount, Text>> = {
  chipHours: { en: 'chip-hours', zh: '卡时' },
  kwh: { en: 'kWh', zh: '千瓦时' },
}

function checkLeft(wanted: Amount, left: Amount): void {
  const spent = (of: keyof Amount) => {
    const [unit, figure] = [UNITS[of], (amount: Amount): number => Number(amount[of].toPrecision(6))]
    return quotaErrors.spent({ wanted: figure(wanted), left: figure(left), unit: unit.en, unitZh: unit.zh })
  }
  if (wanted.chipHours > left.chipHours) throw spent('chipHours')
  if (wanted.kwh > left.kwh) throw spent('kwh')
}

/** At once where no engine has the job; else the engine is asked, and the job ends when it has. */
async function cancel({ store, clock, jobs }: PublicJobServiceParts, { id }: PublicJob): Promise<void> {
  const change = { state: 'cancelled', reason: reasons.cancelled(), endedAt: clock.now(), placement: null } as const
  const changed = await store.transaction<ComputeTables, boolean>(async (tx: Tx) => {
    if (await jobs.changeUnhanded(tx, id, change)) {
      await store.jobs.enqueue(tx, REPLAN, {})
      return true
    }
    return jobs.askCancel(tx, id, { reason: reasons.cancelling(), at: clock.now() })
  })
  if (!changed) throw errors.ended({ id, state: JOB_STATES[(await jobs.find(id))!.state] })
}
