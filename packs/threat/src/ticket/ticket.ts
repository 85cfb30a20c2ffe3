import type { Text } from '@dengta/kernel'
import { ticketErrors } from './ticket-errors.ts'
import { ACTION_WORDS, STATE_WORDS } from './ticket-words.ts'

export type TicketState = 'new' | 'acknowledged' | 'in-progress' | 'waiting' | 'resolved' | 'closed' | 'reopened'
/** One column a step of the way; a reopened ticket starts again beside the new ones. */
export const BOARD: readonly (readonly TicketState[])[] = [
  ['new', 'reopened'],
  ...([['acknowledged'], ['in-progress'], ['waiting'], ['resolved'], ['closed']] as const),
]
export type Severity = 'informational' | 'low' | 'medium' | 'high' | 'critical'

export interface TicketNote {
  readonly at: string
  readonly author: string
  readonly text: string
}

/** What a ticket is about and what was done for it. */
export interface TicketLink {
  readonly kind: 'incident' | 'group' | 'run'
  readonly id: string
}

/** RFC 3339 in UTC, each set once, but for `resolved` and `closed`, which a reopening clears. */
export interface TicketClock {
  /** Of the first event that the ticket is about. */
  readonly event: string
  /** When detection raised it. */
  readonly detected: string
  readonly acknowledged?: string
  /** First action against the cause. */
  readonly responded?: string
  readonly resolved?: string
  readonly closed?: string
}

export interface Ticket {
  readonly id: string
  /** Grows by one with each change. */
  readonly version: number
  /** What a person wrote stands in both languages as it was written. */
  readonly title: Text
  readonly severity: Severity
  readonly state: TicketState
  readonly assignee?: string
  readonly clock: TicketClock
  readonly changedAt: string
  readonly waitingFor?: string
  /** When its incident ended by itself: no more alerts came, or the replayed log was over. Nobody gave a verdict by that. */
  readonly quietSince?: string
  readonly resolution?: string
  readonly reopenings: number
  /** Groups of alerts that a person looked at for it. */
  readonly looks: number
  readonly notes: readonly TicketNote[]
  readonly links: readonly TicketLink[]
}

export type TicketAction =
  | { readonly kind: 'acknowledge' | 'start' | 'respond' | 'close' | 'look' }
  | { readonly kind: 'wait'; readonly reason: string }
  | { readonly kind: 'resolve'; readonly resolution: string }
  | { readonly kind: 'reopen'; readonly reason: string }
  | { readonly kind: 'assign'; readonly to: string }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'link'; readonly link: TicketLink }

interface Rule {
  readonly from: readonly TicketState[]
  /** Absent: the state stays. */
  readonly to?: TicketState
}

const OPEN: readonly TicketState[] = ['new', 'acknowledged', 'in-progress', 'waiting', 'reopened']
const ANY: readonly TicketState[] = [...OPEN, 'resolved', 'closed']
const RULES: Readonly<Record<TicketAction['kind'], Rule>> = {
  acknowledge: { from: ['new', 'reopened'], to: 'acknowledged' },
  start: { from: ['acknowledged', 'waiting', 'reopened'], to: 'in-progress' },
  wait: { from: ['acknowledged', 'in-progress'], to: 'waiting' },
  resolve: { from: ['acknowledged', 'in-progress', 'waiting'], to: 'resolved' },
  close: { from: ['resolved'], to: 'closed' },
  reopen: { from: ['resolved', 'closed'], to: 'reopened' },
  respond: { from: OPEN },
  look: { from: OPEN },
  assign: { from: OPEN },
  note: { from: ANY },
  link: { from: ANY },
}

export type NewTicket = Pick<Ticket, 'id' | 'title' | 'severity' | 'links'> & Pick<TicketClock, 'event' | 'detected'>

export function newTicket({ id, title, severity, links, event, detected }: NewTicket): Ticket {
  const counts = { version: 1, reopenings: 0, looks: 0, notes: [] }
  return { id, title, severity, state: 'new', clock: { event, detected }, changedAt: detected, links, ...counts }
}

/** What a person may do with a ticket in this state. */
export function possibleActions(state: TicketState): readonly TicketAction['kind'][] {
  return (Object.keys(RULES) as TicketAction['kind'][]).filter((kind) => RULES[kind].from.includes(state))
}

/** The ticket of an incident that ended by itself: it says so and stays in people's hands. Undefined where it does already, or is done. */
export function goneQuiet(ticket: Ticket, at: string): Ticket | undefined {
  if (ticket.quietSince !== undefined || !OPEN.includes(ticket.state)) return undefined
  const changedAt = Date.parse(at) < Date.parse(ticket.changedAt) ? ticket.changedAt : at
  return { ...ticket, version: ticket.version + 1, changedAt, quietSince: changedAt }
}

/** A ticket whose incident a person closed: closed with it, with what was found. Undefined where it is closed already. */
export function closedWithIncident(ticket: Ticket, resolution: string, moment: TicketMoment): Ticket | undefined {
  if (ticket.state === 'closed') return undefined
  const taken: TicketAction[] = [{ kind: 'acknowledge' }]
  const steps: TicketAction[] = [
    ...(ticket.state === 'new' || ticket.state === 'reopened' ? taken : []),
    ...(ticket.state === 'resolved' ? [] : [{ kind: 'resolve', resolution } as const]),
    { kind: 'close' },
  ]
  return inOneChange(ticket, steps, moment)
}

/** A ticket whose incident a person opened again. Undefined where it is open already. */
export function reopenedWithIncident(ticket: Ticket, reason: string, moment: TicketMoment): Ticket | undefined {
  if (OPEN.includes(ticket.state)) return undefined
  return inOneChange(ticket, [{ kind: 'reopen', reason }], moment)
}

/** At the moment, or where that lies before its last change (a sender's clock was ahead) at that change. */
function inOneChange(ticket: Ticket, steps: readonly TicketAction[], { at, actor }: TicketMoment): Ticket {
  const moment = { at: Date.parse(at) < Date.parse(ticket.changedAt) ? ticket.changedAt : at, actor }
  const changed = steps.reduce((now, step) => actOnTicket(now, step, moment), ticket)
  return { ...changed, version: ticket.version + 1 }
}

export interface TicketMoment {
  /** RFC 3339, UTC. */
  readonly at: string
  readonly actor: string
}

/** The only place where a ticket changes. Throws `threat_ticket.illegal_step`, `backwards`. */
export function actOnTicket(ticket: Ticket, action: TicketAction, { at, actor }: TicketMoment): Ticket {
  const rule = RULES[action.kind]
  if (!rule.from.includes(ticket.state)) {
    throw notAllowed(ticket.state, action.kind)
  }
  if (Date.parse(at) < Date.parse(ticket.changedAt)) throw ticketErrors.backwards({ at, since: ticket.changedAt })
  const { waitingFor: _, ...rest } = ticket
  const still = rule.to === undefined && ticket.waitingFor !== undefined ? { waitingFor: ticket.waitingFor } : {}
  const moved = { ...rest, ...still, version: ticket.version + 1, changedAt: at, state: rule.to ?? ticket.state }
  return changed(moved, action, { at, actor })
}

function notAllowed(state: TicketState, action: TicketAction['kind']): Error {
  const words = possibleActions(state).map((kind) => ACTION_WORDS[kind])
  const possible = { en: words.map(({ en }) => en).join(', '), zh: words.map(({ zh }) => zh).join('、') }
  return ticketErrors.illegal_step({ state: STATE_WORDS[state], action: ACTION_WORDS[action], possible })
}

function changed(ticket: Ticket, action: TicketAction, { at, actor }: TicketMoment): Ticket {
  const { clock } = ticket
  switch (action.kind) {
    case 'acknowledge':
      return {
        ...ticket,
        assignee: ticket.assignee ?? actor,
        clock: { ...clock, acknowledged: clock.acknowledged ?? at },
      }
    case 'respond':
      return { ...ticket, clock: { ...clock, responded: clock.responded ?? at } }
    case 'wait':
      return { ...ticket, waitingFor: action.reason }
    case 'resolve':
      return { ...ticket, resolution: action.resolution, clock: { ...clock, resolved: at } }
    case 'close':
      return { ...ticket, clock: { ...clock, closed: at } }
    case 'reopen':
      return reopened(ticket, { at, author: actor, text: action.reason })
    case 'look':
      return { ...ticket, looks: ticket.looks + 1 }
    case 'assign':
      return { ...ticket, assignee: action.to }
    case 'note':
      return { ...ticket, notes: [...ticket.notes, { at, author: actor, text: action.text }] }
    case 'link':
      return linked(ticket, action.link)
    default:
      return ticket
  }
}

function reopened(ticket: Ticket, note: TicketNote): Ticket {
  const { resolution: _, clock, ...rest } = ticket
  const { closed: __, resolved: ___, ...times } = clock
  return { ...rest, clock: times, reopenings: ticket.reopenings + 1, notes: [...ticket.notes, note] }
}

function linked(ticket: Ticket, link: TicketLink): Ticket {
  const known = ticket.links.some(({ kind, id }) => kind === link.kind && id === link.id)
  return known ? ticket : { ...ticket, links: [...ticket.links, link] }
}
