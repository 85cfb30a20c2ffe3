import { z } from 'zod'
import { text } from './common.ts'

/**
 * Threat response: live flow, alerts and incidents. All times are RFC 3339 in UTC and of the event, unless the name says
 * `received`; what was replayed from a log keeps the times of the log. Everything people send in is refused with a reason.
 */

const count = z.int().nonnegative()

export const threatLevel = z.enum(['informational', 'low', 'medium', 'high', 'critical'])
export type ThreatLevel = z.infer<typeof threatLevel>

/** Places of a list: `offset` rows are passed over, `limit` are answered; `total` counts what fits the filters. */
export const pageQuery = z.object({
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** Whether something is where events come in, and how it goes. `faults` counts by name, e.g. `too_long`. */
export const threatSource = z.object({
  /** `tcp`, `http`, `files`, `replay`. */
  kind: z.string(),
  /** Address, folder or subject. */
  at: z.string(),
  /** Connections or files open now. */
  open: count,
  faults: z.record(z.string(), count),
  /** `failed`: it could not be opened, says why, and is tried again with growing waits. */
  state: z.enum(['opening', 'open', 'failed']),
  reason: text.optional(),
})
export type ThreatSource = z.infer<typeof threatSource>

/** One second of the clock of the house. */
export const flowSecond = z.object({
  /** Seconds since 1970. */
  second: z.int(),
  accepted: count,
  bytes: count,
  evaluated: count,
  alerts: count,
  findings: count,
})
export type FlowSecond = z.infer<typeof flowSecond>

/** `since`: only seconds from this one on (the last one is still running, ask for it again). Cheap: ask once a second. */
export const flowQuery = z.object({ since: z.coerce.number().int().nonnegative().default(0) })
export type FlowQuery = Partial<z.output<typeof flowQuery>>

/**
 * The running flow. `off`: no listener is open and nothing is replayed. `failing`: nothing can be stored at the moment, senders
 * are held up, nothing acknowledged is lost. Rates are means of the last ten full seconds.
 */
export const flowView = z.object({
  /** `unopened`: sources are configured and could not be opened; `failing`: open, and nothing can be stored. */
  state: z.enum(['off', 'starting', 'unopened', 'running', 'failing']),
  /** Why it is off, unopened or failing, or what is being replayed. */
  text,
  eventsPerSecond: z.number(),
  alertsPerSecond: z.number(),
  bytesPerSecond: z.number(),
  totals: z.object({
    accepted: count,
    bytes: count,
    evaluated: count,
    /** Of the evaluated, those of a form that no mapping knows: rules that name a log source do not see them. */
    unmapped: count,
    unreadable: count,
    /** Lines of batches that detection gave up; they are kept as files. */
    unevaluated: count,
    alerts: count,
    findings: count,
  }),
  incidents: z.object({ open: count, candidate: count, closed: count }),
  /** Groups that wait for a person. */
  waiting: count,
  /** Age of the oldest line that is not stored yet, milliseconds. */
  lagMs: z.number(),
  /** From receipt to stored alert, milliseconds. */
  latency: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
  memory: z.object({ totalBytes: count, freeBytes: count }),
  sources: z.array(threatSource),
  /** What somebody should look at, e.g. a sender whose clock is wrong. */
  notices: z.array(z.object({ id: z.string(), text })),
  /** A stage of the flow that threw, how often, and its last message. */
  stageFaults: z.array(z.object({ stage: z.string(), count, last: z.string() })),
  /** At most 300, oldest first. */
  seconds: z.array(flowSecond),
})
export type FlowView = z.infer<typeof flowView>

/** Author, licence and link go with every rule that is shown: the Detection Rule License asks for it. */
export const ruleCredit = z.object({
  id: z.string(),
  title: z.string(),
  level: z.string(),
  version: z.string(),
  author: z.string(),
  licence: z.string(),
  /** Empty where none is known. */
  link: z.string(),
  tags: z.array(z.string()),
})
export type RuleCredit = z.infer<typeof ruleCredit>

/** A comparison that made the rule fire. `field` is absent for a keyword, which stands anywhere in the event. */
export const matchedField = z.object({
  field: z.string().optional(),
  wanted: z.string(),
  found: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

/** What a rule is about; what it leaves out fits everything. */
export const logSource = z.object({
  product: z.string().optional(),
  category: z.string().optional(),
  service: z.string().optional(),
})

export const alertView = z.object({
  id: z.string(),
  time: z.string(),
  receivedAt: z.string(),
  rule: ruleCredit,
  /** `sigma`, `correlation`, or the name of a foreign detector whose alerts were taken in. */
  detector: z.string(),
  host: z.string(),
  /** Stream and 1-based line that the event came from. */
  stream: z.string(),
  line: count,
  logSource,
  matched: z.array(matchedField),
  /** The decided group it belongs to; in the answer on one alert. */
  group: z.string().optional(),
})
export type AlertView = z.infer<typeof alertView>

/** With the event as it came; absent where it was over 16 KiB or is past its retention (`eventKept` says which). */
export const alertDetail = alertView.extend({
  event: z.unknown().optional(),
  eventKept: z.enum(['whole', 'too_large', 'expired']),
})
export type AlertDetail = z.infer<typeof alertDetail>

/** Newest first. `before`: the `next` of the answer before. */
export const alertQuery = z.object({
  rule: z.string().optional(),
  host: z.string().optional(),
  level: threatLevel.optional(),
  group: z.string().optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  before: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type AlertQuery = Partial<z.output<typeof alertQuery>>

/** `kept` and `since` say how far back alerts are held; older ones live on in counts and groups only. */
export const alertPage = z.object({
  alerts: z.array(alertView),
  next: z.string().optional(),
  kept: count,
  since: z.string().optional(),
})
export type AlertPage = z.infer<typeof alertPage>
