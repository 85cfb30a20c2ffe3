import { type Caller, HOUSE } from '@dengta/kernel'
import type { NewRecord } from '@dengta/ledger'
import type { GridRequest, Rehearsal, SettlementQuery, SettlementTrial } from '@dengta/sdk'
import { runApart } from '../plan/plan-client.ts'
import { REPLAN } from '../public-job/public-job-service.ts'
import { MINUTE } from '../settlement/meter.ts'
import type { OpenedPlan } from '../site-board/opened-plans.ts'
import type { ComputeTables } from '../tables.ts'
import { fewAtOnce } from './few-at-once.ts'
import { anonymous, eventEnergy, eventRequest, eventTimes, fullRequest, type GridEventRow } from './grid-event.ts'
import { gridEventErrors as errors } from './grid-event-errors.ts'
import type { GridEventServiceParts } from './grid-event-parts.ts'
import {
  checkUnsettled,
  keepSettlement,
  reckonFromEngine,
  reckonFromMeters,
  settlementTrial,
} from './settle-service.ts'

export interface GridEventService {
  /** What an event would do to a plan, without effect. Throws `plan.*`, `grid_event.no_site`, `.outside_day`, `.rehearsals_wait`. */
  rehearse(caller: Caller, plan: string, request: GridRequest): Promise<Rehearsal>
  /** Puts an event on record; throws `grid_event.over` for one that should have begun, `.notice_past` for one known too late. */
  announce(caller: Caller, plan: string, request: GridRequest): Promise<GridEventRow>
  /** Settles an event that is over from its meters, CSV; throws `grid_event.*`, `day.not_text`. */
  settle(id: string, query: SettlementQuery, csv: AsyncIterable<Uint8Array>): Promise<GridEventRow>
  /** The same without a meter file, for the jobs that this house runs: an estimate. */
  settleFromEngine(id: string, query: SettlementQuery): Promise<GridEventRow>
  /** What settling from these meters would say, without effect, also of an event that is settled; throws like `settle`. */
  trySettle(id: string, query: SettlementQuery, csv: AsyncIterable<Uint8Array>): Promise<SettlementTrial>
  /** The same without a meter file. */
  tryFromEngine(id: string, query: SettlementQuery): Promise<SettlementTrial>
  /** Throws `grid_event.missing`. */
  get(id: string): Promise<GridEventRow>
  /** Newest first. */
  list(): Promise<readonly GridEventRow[]>
}

/** Anybody who takes part may rehearse, and each rehearsal is a thread of its own with a plan in its memory. */
const REHEARSALS = { atOnce: 2, waiting: 20 }

export function gridEventService(parts: GridEventServiceParts): GridEventService {
  const { opened, events } = parts
  const { waiting } = REHEARSALS
  const inTurn = fewAtOnce({ ...REHEARSALS, refused: () => errors.rehearsals_wait({ waiting }) })
  const get = async (id: string): Promise<GridEventRow> => {
    const row = await events.find(id)
    if (!row) throw errors.missing({ id })
    return row
  }
  return {
    rehearse: async (caller, plan, request) =>
      anonymous(await inTurn(async () => rehearsed(await opened.open(plan), request)), caller),
    announce: async (caller, plan, request) => announce(parts, caller, await opened.open(plan), request),
    ...settling(parts, get),
    get,
    list: () => events.list(),
  }
}

type Settling = Pick<GridEventService, 'settle' | 'settleFromEngine' | 'trySettle' | 'tryFromEngine'>

function settling(parts: GridEventServiceParts, get: GridEventService['get']): Settling {
  return {
    settle: async (id, query, csv) => {
      const event = await get(id)
      checkUnsettled(event)
      await keepSettlement(parts, event, await reckonFromMeters(parts, event, { query, csv }))
      return get(id)
    },
    settleFromEngine: async (id, query) => {
      const event = await get(id)
      checkUnsettled(event)
      await keepSettlement(parts, event, await reckonFromEngine(parts, event, query))
      return get(id)
    },
    trySettle: async (id, query, csv) => {
      const event = await get(id)
      return settlementTrial(parts, event, await reckonFromMeters(parts, event, { query, csv }))
    },
    tryFromEngine: async (id, query) => {
      const event = await get(id)
      return settlementTrial(parts, event, await reckonFromEngine(parts, event, query))
    },
  }
}

async function rehearsed({ run, snapshot, plan }: OpenedPlan, asked: GridRequest): Promise<Rehearsal> {
  const sites = snapshot.sites.map(({ name }) => name)
  const request = fullRequest(asked, sites)
  const task = { kind: 'rehearse', snapshot, placements: plan.placements, request: eventRequest(request) } as const
  return { plan: run.id, request, ...(await runApart(task)) }
}

async function announce(
  parts: GridEventServiceParts,
  caller: Caller,
  opened: OpenedPlan,
  asked: GridRequest,
): Promise<GridEventRow> {
  const { store, ledger, clock, ids, events } = parts
  const rehearsal = await rehearsed(opened, asked)
  const { request, withinTarget, avoidedKwh, weighted, bound, floorsKept } = rehearsal
  const times = eventTimes(opened.day, eventRequest(request))
  checkAhead(times.from, clock.now(), request.noticeMinutes)
  const event = {
    ...({ id: ids.next('event'), plan: opened.run.id, state: 'announced', request, ...times } as const),
    ...{ announcedBy: caller.participant, announcedAt: clock.now() },
    promise: { withinTarget, avoidedKwh, weighted, bound, floorsKept },
  }
  return store.transaction<ComputeTables, GridEventRow>(async (tx) => {
    const { id: record } = await ledger.append(tx, eventRecord(event, rehearsal, opened))
    await events.create(tx, { ...event, record })
    await store.jobs.enqueue(tx, REPLAN, {})
    return { ...event, record }
  })
}

/** A promise counts on checkpoints that are written within the notice: it is given before the event, or not at all. */
function checkAhead(from: Date, now: Date, notice: number): void {
  if (from <= now) throw errors.over({ from: from.toISOString() })
  const left = Math.floor((from.getTime() - now.getTime()) / MINUTE)
  if (notice > left) throw errors.notice_past({ left, notice })
}

function eventRecord(
  { id, plan, request, from, to }: Omit<GridEventRow, 'record'>,
  rehearsal: Rehearsal,
  { run }: OpenedPlan,
): NewRecord<'grid-event'> {
  const { sites, depth, noticeMinutes } = request
  const { digest, record } = run.result!
  return {
    kind: 'grid-event',
    actor: HOUSE,
    subjects: [{ name: `plan:${plan}`, digest: { sha256: digest } }],
    predicate: {
      ...{ basis: [record], event: id, plan, sites, depth, noticeMinutes },
      ...{ from: from.toISOString(), to: to.toISOString(), ...eventEnergy(rehearsal, depth) },
    },
  }
}
