import { type Caller, HOUSE } from '@dengta/kernel'
import type {
  HandOverView,
  NewTicketBody,
  ShiftQuery,
  TicketActionBody,
  TicketBoard,
  TicketList,
  TicketQuery,
  TicketTimesView,
  TicketView,
} from '@dengta/sdk'
import { handOverReport } from '../../ticket/hand-over-report.ts'
import { actOnTicket, BOARD, newTicket, possibleActions, type Ticket } from '../../ticket/ticket.ts'
import { WATCHING } from '../../triage/watch.ts'
import { audit } from '../audit.ts'
import { notKept } from '../retention/gone.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { countByState, insertTicket, type KeptTicket, kept, sqlTicketStore, updateTicket } from './sql-ticket-store.ts'
import { effort, MINUTES_A_LOOK } from './ticket-effort.ts'
import { closedTickets, detectedSince, inShift, openTickets, ticketFigures } from './ticket-figures.ts'
import { ticketClosed } from './ticket-record.ts'

/** What times are of. */
const TIMED_DAYS = 30
const DAY_MS = 86_400_000
const END_OF_TIME = new Date(Date.UTC(9999, 0, 1))
/** Of each column of the board. */
const CARDS = 50

export interface TicketDesk {
  list(query: TicketQuery): Promise<TicketList>
  /** Of each column the tickets changed last. */
  board(): Promise<TicketBoard>
  /** Throws `threat.missing`. */
  get(id: string): Promise<TicketView>
  open(caller: Caller, wish: NewTicketBody): Promise<TicketView>
  /** Throws `threat.missing`, `threat_ticket.*`. */
  act(caller: Caller, id: string, action: TicketActionBody): Promise<TicketView>
  times(): Promise<TicketTimesView>
  handOver(shift: ShiftQuery): Promise<HandOverView>
}

export function ticketDesk(parts: ThreatContext): TicketDesk {
  const tickets = sqlTicketStore(parts.store)
  const get = async (id: string): Promise<Ticket> => {
    const ticket = await tickets.find(id)
    if (!ticket) throw await notKept(parts.store, 'ticket', id)
    return ticket
  }
  return {
    list: (query) => page(parts, query),
    board: () => board(parts),
    get: async (id) => viewOf(parts, await get(id)),
    open: async (caller, wish) => viewOf(parts, await open(parts, caller, wish)),
    act: async (caller, id, action) => viewOf(parts, await act(parts, { caller, action, ticket: await get(id) })),
    times: () => timesView(parts, new Date(parts.clock.now().getTime() - TIMED_DAYS * DAY_MS)),
    handOver: async (shift) => {
      const period = { from: new Date(shift.from), to: new Date(shift.to) }
      const db = parts.store.db<ThreatTables>()
      const { times, looks } = await ticketFigures(db, inShift(period))
      const whole = {
        shift: { from: period.from.toISOString(), to: period.to.toISOString() },
        ...{ open: await openTickets(db, period.to), closed: await closedTickets(db, period), times },
        ...(await effort(db, looks, period)),
      }
      return { en: handOverReport(whole, 'en'), zh: handOverReport(whole, 'zh') }
    },
  }
}

async function page({ store }: ThreatContext, { state, offset = 0, limit = 200 }: TicketQuery): Promise<TicketList> {
  const db = store.db<ThreatTables>()
  const counts = await countByState(db)
  const total = state === undefined ? sumOf(counts.values()) : (counts.get(state) ?? 0)
  return { tickets: (await kept(db, { state, offset, limit })).map(view), total }
}

async function board({ store }: ThreatContext): Promise<TicketBoard> {
  const db = store.db<ThreatTables>()
  const counts = await countByState(db)
  const columns = BOARD.map(async (states) => {
    const found = await Promise.all(states.map((state) => kept(db, { state, limit: CARDS })))
    const latest = found.flat().toSorted((one, other) => other.ticket.changedAt.localeCompare(one.ticket.changedAt))
    const total = sumOf(states.map((state) => counts.get(state) ?? 0))
    return { states: [...states], total, tickets: latest.slice(0, CARDS).map(view) }
  })
  return { columns: await Promise.all(columns) }
}

const sumOf = (numbers: Iterable<number>): number => [...numbers].reduce((sum, each) => sum + each, 0)

async function viewOf({ store }: ThreatContext, ticket: Ticket): Promise<TicketView> {
  const row = await store
    .db<ThreatTables>()
    .selectFrom('threat_tickets')
    .select('record')
    .where('id', '=', ticket.id)
    .executeTakeFirst()
  return view({ ticket, record: row?.record ?? null })
}

function view({ ticket, record }: KeptTicket): TicketView {
  const { title, notes, links, clock } = ticket
  const lists = {
    notes: notes.map((each) => ({ ...each })),
    links: links.map((each) => ({ ...each })),
    clock: { ...clock },
    title: { ...title },
  }
  return {
    ...ticket,
    ...lists,
    actions: [...possibleActions(ticket.state)],
    ...(record === null ? {} : { record }),
  }
}

async function open(
  { store, clock, ids }: ThreatContext,
  caller: Caller,
  { title, severity, links = [], event }: NewTicketBody,
): Promise<Ticket> {
  const at = clock.now()
  const detected = at.toISOString()
  const ticket = newTicket({
    id: ids.next('ticket'),
    title: { en: title, zh: title },
    severity,
    links,
    event: event === undefined ? detected : new Date(event).toISOString(),
    detected,
  })
  await store.transaction<ThreatTables, void>(async (tx) => {
    await insertTicket(tx, ticket)
    await audit(tx, { at, actor: caller.participant, action: 'ticket.open', target: ticket.id, detail: title })
  })
  return ticket
}

interface Acting {
  readonly caller: Caller
  readonly ticket: Ticket
  readonly action: TicketActionBody
}

/** Closing puts the ticket on record with its clock. */
async function act({ store, ledger, clock }: ThreatContext, { caller, ticket, action }: Acting): Promise<Ticket> {
  const at = clock.now()
  const by = caller.participant
  const next = actOnTicket(ticket, action, { at: at.toISOString(), actor: by })
  await store.transaction<ThreatTables, void>(async (tx) => {
    await updateTicket(tx, next)
    if (action.kind === 'close') {
      const { id } = await ledger.append(tx, { actor: HOUSE, ...ticketClosed(next, by) })
      await tx.updateTable('threat_tickets').set({ record: id }).where('id', '=', next.id).execute()
    }
    await audit(tx, { at, actor: by, action: `ticket.${action.kind}`, target: ticket.id })
  })
  return next
}

async function timesView(parts: ThreatContext, since: Date): Promise<TicketTimesView> {
  const { tickets, looks: all, times } = await ticketFigures(parts.store.db(), detectedSince(since))
  const { detect, acknowledge, respond, resolve, close } = times
  const figure = ({ count, without, mean, median }: typeof detect) => ({
    ...{ count, without },
    ...(mean === undefined ? {} : { mean }),
    ...(median === undefined ? {} : { median }),
  })
  const { modelled, machine } = await effort(parts.store.db(), all, { from: since, to: END_OF_TIME })
  const { looks, minutesPerLook, minutes, baselineMinutes, share } = modelled
  return {
    ...{ days: TIMED_DAYS, tickets, triageDelayMinutes: WATCHING.delay / 60_000 },
    ...{ detect: figure(detect), acknowledge: figure(acknowledge), respond: figure(respond) },
    ...{ resolve: figure(resolve), close: figure(close) },
    modelled: {
      looks,
      minutesPerLook,
      minutes,
      baselineGroups: baselineMinutes / MINUTES_A_LOOK,
      baselineMinutes,
      ...(share === undefined ? {} : { share }),
    },
    measured: { commands: machine.commands, milliseconds: machine.milliseconds },
  }
}
