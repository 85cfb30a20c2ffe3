import { z } from 'zod'
import { text } from './common.ts'
import { threatLevel } from './threat.ts'

const count = z.int().nonnegative()
const words = z.string().trim().min(1).max(4000)

export const ticketState = z.enum(['new', 'acknowledged', 'in-progress', 'waiting', 'resolved', 'closed', 'reopened'])
export type TicketStateName = z.infer<typeof ticketState>

export const ticketActionKind = z.enum([
  ...(['acknowledge', 'start', 'respond', 'close', 'look', 'wait'] as const),
  ...(['resolve', 'reopen', 'assign', 'note', 'link'] as const),
])

export const ticketLink = z.object({ kind: z.enum(['incident', 'group', 'run']), id: z.string() })

export const ticketView = z.object({
  id: z.string(),
  version: count,
  /** What a person wrote stands in both languages as it was written. */
  title: text,
  severity: threatLevel,
  state: ticketState,
  assignee: z.string().optional(),
  /** RFC 3339, UTC; each set once, but for `closed`, which a reopening clears. */
  clock: z.object({
    event: z.string(),
    detected: z.string(),
    acknowledged: z.string().optional(),
    responded: z.string().optional(),
    resolved: z.string().optional(),
    closed: z.string().optional(),
  }),
  changedAt: z.string(),
  waitingFor: z.string().optional(),
  /** When its incident ended by itself, without a verdict; the ticket stays open. */
  quietSince: z.string().optional(),
  resolution: z.string().optional(),
  reopenings: count,
  /** Groups that a person looked at for it. */
  looks: count,
  notes: z.array(z.object({ at: z.string(), author: z.string(), text: z.string() })),
  links: z.array(ticketLink),
  /** What may be done with it in this state. */
  actions: z.array(ticketActionKind),
  record: z.string().optional(),
})
export type TicketView = z.infer<typeof ticketView>

export const ticketQuery = z.object({
  state: ticketState.optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})
export type TicketQuery = Partial<z.output<typeof ticketQuery>>

/** The latest changed first. */
export const ticketList = z.object({ tickets: z.array(ticketView), total: count })
export type TicketList = z.infer<typeof ticketList>

/** A column for each step of the way, with those of its tickets that changed last. */
export const ticketBoard = z.object({
  columns: z.array(z.object({ states: z.array(ticketState), total: count, tickets: z.array(ticketView) })),
})
export type TicketBoard = z.infer<typeof ticketBoard>

/** A ticket of a person's own making; incidents open theirs by themselves. */
export const newTicket = z.object({
  title: z.string().trim().min(1).max(300),
  severity: threatLevel,
  links: z.array(ticketLink).max(100).default([]),
  /** When it happened; now where left out. */
  event: z.iso.datetime({ offset: true }).optional(),
})
export type NewTicketBody = z.input<typeof newTicket>

/** One step of a ticket; one that its state does not allow is refused with those that it does. */
export const ticketAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['acknowledge', 'start', 'respond', 'close', 'look']) }),
  z.object({ kind: z.literal('wait'), reason: words }),
  z.object({ kind: z.literal('resolve'), resolution: words }),
  z.object({ kind: z.literal('reopen'), reason: words }),
  z.object({ kind: z.literal('assign'), to: z.string().trim().min(1).max(200) }),
  z.object({ kind: z.literal('note'), text: words }),
  z.object({ kind: z.literal('link'), link: ticketLink }),
])
export type TicketActionBody = z.infer<typeof ticketAction>

/** Minutes; `without` have no such time yet and are in no mean. */
export const timeFigure = z.object({
  count,
  without: count,
  mean: z.number().optional(),
  median: z.number().optional(),
})

/** MTTD, MTTA, MTTR from the clocks of tickets; minutes of people are modelled and never added to measured machine time. */
export const ticketTimesView = z.object({
  /** Of tickets that were detected in so many days, and of groups decided and machines at work in them. */
  days: count,
  tickets: count,
  /** Declared: a flow raises an incident so many minutes after its first alert, in the time of the events; that is its time to detect. */
  triageDelayMinutes: z.number(),
  detect: timeFigure,
  acknowledge: timeFigure,
  respond: timeFigure,
  resolve: timeFigure,
  close: timeFigure,
  modelled: z.object({
    looks: count,
    minutesPerLook: z.number(),
    minutes: z.number(),
    /** Every group looked at by hand, by the declared minutes. */
    baselineGroups: count,
    baselineMinutes: z.number(),
    share: z.number().optional(),
  }),
  measured: z.object({ commands: count, milliseconds: z.number() }),
})
export type TicketTimesView = z.infer<typeof ticketTimesView>

const SHIFT = 'a shift ends after it begins · 班次的结束须晚于开始'

export const shiftQuery = z
  .object({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: SHIFT })
export type ShiftQuery = z.infer<typeof shiftQuery>

/** The hand-over report of a shift, Markdown in each language. */
export const handOverView = z.object({ en: z.string(), zh: z.string() })
export type HandOverView = z.infer<typeof handOverView>

/** Where findings are told. Secrets are names in the key store of the house (`<home>/secrets/NAME`), never values. */
export const webhookView = z.object({
  id: z.string(),
  url: z.string(),
  secrets: z.array(z.string()),
  addedBy: z.string(),
  addedAt: z.string(),
  pending: count,
  delivered: count,
  dead: count,
})
export type WebhookView = z.infer<typeof webhookView>

export const webhookList = z.object({ endpoints: z.array(webhookView) })
export type WebhookList = z.infer<typeof webhookList>

const HTTPS = 'an address that begins with https:// is needed · 需要以 https:// 开头的地址'

export const newWebhook = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  url: z.url({ protocol: /^https$/, error: HTTPS }),
  secrets: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/))
    .min(1)
    .max(2),
})
export type NewWebhook = z.infer<typeof newWebhook>

export const deliveryView = z.object({
  id: z.string(),
  endpoint: z.string(),
  /** Dotted, e.g. `incident.created`. */
  type: z.string(),
  state: z.enum(['pending', 'delivered', 'dead']),
  attempts: count,
  dueAt: z.string(),
  lastProblem: z.string().optional(),
  createdAt: z.string(),
  endedAt: z.string().optional(),
})
export type DeliveryView = z.infer<typeof deliveryView>

export const deliveryQuery = z.object({
  state: z.enum(['pending', 'delivered', 'dead']).optional(),
  endpoint: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type DeliveryQuery = Partial<z.output<typeof deliveryQuery>>

/** Newest first. */
export const deliveryList = z.object({ deliveries: z.array(deliveryView) })
export type DeliveryList = z.infer<typeof deliveryList>
