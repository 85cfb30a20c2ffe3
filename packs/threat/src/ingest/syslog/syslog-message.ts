import { isIPv6 } from 'node:net'
import { readStructuredData, type StructuredData } from './structured-data.ts'

/** A message with its header taken apart. What a header does not say is undefined. */
export interface SyslogMessage {
  readonly format: 'rfc5424' | 'rfc3164'
  /** Facility * 8 + severity. */
  readonly priority: number | undefined
  /** Milliseconds since 1970; a time without zone is taken as UTC. */
  readonly timeMs: number | undefined
  readonly hostname: string | undefined
  readonly appName: string | undefined
  readonly processId: string | undefined
  readonly messageId: string | undefined
  readonly structuredData: StructuredData | undefined
  readonly message: string
}

const HIGHEST_PRIORITY = 191
const PRIORITY = /^<(\d{1,3})>/
const NEW_HEADER = /^<(\d{1,3})>1 (\S{1,64}) (\S{1,255}) (\S{1,128}) (\S{1,128}) (\S{1,64})(?: |$)/
const OLD_TIME = /^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.\d{1,9})? /
const ISO_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?) /
const TAG = /^([^\s:[\]]{1,128})(?:\[([^\]\s]{0,64})\])?: ?/
const MAX_HOST = 255
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAY_MS = 86_400_000
const BYTE_ORDER_MARK = /^\ufeff/

/**
 * Reads a message of RFC 5424 or RFC 3164 (also with ISO times, and without priority as in files); undefined where it
 * has no such header. `nowMs` gives an old time its year: the latest that is not more than a day ahead.
 */
export function readSyslogMessage(text: string, nowMs: number): SyslogMessage | undefined {
  return readNew(text) ?? readOld(text, nowMs)
}

function readNew(text: string): SyslogMessage | undefined {
  const [head, priority, time = '', hostname = '', appName = '', processId = '', messageId = ''] =
    NEW_HEADER.exec(text) ?? []
  if (head === undefined || Number(priority) > HIGHEST_PRIORITY) return undefined
  const data = readStructuredData(text.slice(head.length))
  if (!data) return undefined
  return {
    format: 'rfc5424',
    priority: Number(priority),
    timeMs: isoTime(time),
    hostname: given(hostname),
    appName: given(appName),
    processId: given(processId),
    messageId: given(messageId),
    structuredData: data.data,
    message: data.rest.replace(BYTE_ORDER_MARK, ''),
  }
}

const given = (text: string): string | undefined => (text === '-' ? undefined : text)

function readOld(text: string, nowMs: number): SyslogMessage | undefined {
  const [front = '', priority] = PRIORITY.exec(text) ?? []
  if (Number(priority ?? 0) > HIGHEST_PRIORITY) return undefined
  const timed = readTime(text.slice(front.length), nowMs)
  if (!timed) return undefined
  const hostname = hostOf(timed.rest)
  const rest = hostname === undefined ? timed.rest : timed.rest.slice(hostname.length + 1)
  const [tag = '', appName, processId] = TAG.exec(rest) ?? []
  return {
    format: 'rfc3164',
    priority: priority === undefined ? undefined : Number(priority),
    timeMs: timed.timeMs,
    hostname,
    appName,
    processId: processId || undefined,
    messageId: undefined,
    structuredData: undefined,
    message: rest.slice(tag.length),
  }
}

/** A program on the same machine may leave the host out; an IPv6 address looks like a program behind its first colon. */
function hostOf(text: string): string | undefined {
  const word = text.slice(0, Math.max(0, text.slice(0, MAX_HOST + 1).indexOf(' ')))
  if (isIPv6(word)) return word
  return word === '' || TAG.test(text) || /[\s:[\]]/.test(word) ? undefined : word
}

function readTime(text: string, nowMs: number): { timeMs: number | undefined; rest: string } | undefined {
  const old = OLD_TIME.exec(text)
  if (old) return { timeMs: oldTime(old, nowMs), rest: text.slice(old[0].length) }
  const iso = ISO_TIME.exec(text)
  return iso ? { timeMs: isoTime(iso[1] as string), rest: text.slice(iso[0].length) } : undefined
}

function oldTime([, month = '', day, hour, minute, second]: readonly string[], nowMs: number): number {
  const inYear = (year: number): number =>
    Date.UTC(year, MONTHS.indexOf(month), Number(day), Number(hour), Number(minute), Number(second))
  const thisYear = new Date(nowMs).getUTCFullYear()
  const years = [thisYear + 1, thisYear, thisYear - 1]
  return years.map(inYear).find((time) => time <= nowMs + DAY_MS) as number
}

function isoTime(text: string): number | undefined {
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`
  const time = Date.parse(zoned.replace(',', '.').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isNaN(time) ? undefined : time
}
