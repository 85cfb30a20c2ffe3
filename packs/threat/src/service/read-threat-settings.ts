import type { ListenOptions } from '../ingest/access.ts'
import { LINE_LIMITS } from '../ingest/line-limit.ts'
import type { NatsSourceOptions } from '../ingest/nats/nats-source.ts'
import type { SyslogListenOptions } from '../ingest/syslog/syslog-senders.ts'
import type { ThreatSettings } from './threat-context.ts'
import { threatErrors } from './threat-errors.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Rules and mappings: DENGTA_THREAT_RULES, _MAPPINGS. Sources, each off where it is not set: DENGTA_THREAT_TCP_PORT,
 * _HTTP_PORT, _SYSLOG_PORT, _NATS, _FOLDER. Who may send: DENGTA_THREAT_HOST (127.0.0.1), _TOKEN, _SYSLOG_SENDERS.
 * DENGTA_THREAT_MAX_LINE: bytes of a line from TCP, HTTP or NATS. DENGTA_THREAT_AHEAD_SECONDS: how far an event may lie
 * ahead of its receipt. DENGTA_THREAT_KEEP_DAYS, _KEEP_GROUPS: how long, and how many, groups that nobody waits for.
 * Throws `threat.bad_port`, `.bad_nats`, `.bad_line_limit`, `.bad_ahead`, `.bad_keeping`.
 */
export function readThreatSettings(env: Environment, dataFolder: string): ThreatSettings {
  const { DENGTA_THREAT_RULES: rules, DENGTA_THREAT_MAPPINGS: mappings, DENGTA_THREAT_FOLDER: folder } = env
  const tcp = listener(env, 'DENGTA_THREAT_TCP_PORT')
  const http = listener(env, 'DENGTA_THREAT_HTTP_PORT')
  const syslog = syslogListener(env)
  const nats = env.DENGTA_THREAT_NATS ? natsSource(env.DENGTA_THREAT_NATS) : undefined
  const limit = lineLimit(env.DENGTA_THREAT_MAX_LINE)
  const aheadMs = aheadOf(env.DENGTA_THREAT_AHEAD_SECONDS)
  const retention = retentionOf(env)
  return {
    dataFolder,
    ...(rules && { rules }),
    ...(mappings && { mappings }),
    ...(tcp && { tcp: { ...tcp, ...limit } }),
    ...(http && { http: { ...http, ...limit } }),
    ...(syslog && { syslog }),
    ...(nats && { nats: { ...nats, ...limit } }),
    ...(folder && { folder }),
    ...(aheadMs !== undefined && { aheadMs }),
    ...(retention && { retention }),
  }
}

function listener(env: Environment, name: string): ListenOptions | undefined {
  const port = portOf(env, name)
  const { DENGTA_THREAT_HOST: host, DENGTA_THREAT_TOKEN: token } = env
  return port === undefined ? undefined : { port, ...(host ? { host } : {}), ...(token ? { token } : {}) }
}

function lineLimit(value: string | undefined): { maxLineBytes?: number } {
  if (!value) return {}
  const { least, most } = LINE_LIMITS
  const maxLineBytes = Number(value)
  if (!Number.isInteger(maxLineBytes) || maxLineBytes < least || maxLineBytes > most)
    throw threatErrors.bad_line_limit({ value, least, most })
  return { maxLineBytes }
}

/** A day is the most: beyond it no clock is only set to a wrong zone. */
const MOST_AHEAD = 86_400

function aheadOf(value: string | undefined): number | undefined {
  if (!value) return undefined
  const seconds = Number(value)
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > MOST_AHEAD)
    throw threatErrors.bad_ahead({ value, most: MOST_AHEAD })
  return seconds * 1000
}

const DAYS = { least: 1, most: 3650 }
const GROUPS = { least: 1000, most: 100_000_000 }

function retentionOf(env: Environment): ThreatSettings['retention'] {
  const days = wholeOf(env, 'DENGTA_THREAT_KEEP_DAYS', DAYS)
  const groups = wholeOf(env, 'DENGTA_THREAT_KEEP_GROUPS', GROUPS)
  if (days === undefined && groups === undefined) return undefined
  return { ...(days !== undefined && { days }), ...(groups !== undefined && { groups }) }
}

function wholeOf(env: Environment, name: string, { least, most }: typeof DAYS): number | undefined {
  const text = env[name]
  if (!text) return undefined
  const value = Number(text)
  if (!Number.isInteger(value) || value < least || value > most)
    throw threatErrors.bad_keeping({ name, value: text, least, most })
  return value
}

function syslogListener(env: Environment): SyslogListenOptions | undefined {
  const port = portOf(env, 'DENGTA_THREAT_SYSLOG_PORT')
  const { DENGTA_THREAT_HOST: host, DENGTA_THREAT_SYSLOG_SENDERS: list } = env
  const senders = (list ?? '').split(',').flatMap((each) => each.trim() || [])
  const named = senders.length > 0 ? { senders } : {}
  return port === undefined ? undefined : { port, ...(host ? { host } : {}), ...named }
}

function portOf(env: Environment, name: string): number | undefined {
  const value = env[name]
  if (value === undefined || value === '') return undefined
  const port = Number(value)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw threatErrors.bad_port({ name, value })
  return port
}

/** `nats://[user:password@|token@]host[:port]/STREAM[?consumer=NAME&subject=SUBJECT]`; the address may hold a secret, so no error shows it. */
function natsSource(value: string): NatsSourceOptions {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const stream = decoded(url?.pathname.slice(1) ?? '')
  if (url?.protocol !== 'nats:' || url.host === '' || !/^[^\s./*>]+$/.test(stream)) throw threatErrors.bad_nats()
  const { username, password, searchParams } = url
  const [user, secret] = [decoded(username), decoded(password)]
  const subject = searchParams.get('subject')
  return {
    ...{ servers: `nats://${url.host}`, stream, consumer: searchParams.get('consumer') ?? 'dengta' },
    ...(subject ? { subject } : {}),
    ...(secret !== '' ? { user, password: secret } : user !== '' ? { token: user } : {}),
  }
}

/** Throws `threat.bad_nats` where an escape is not UTF-8. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw threatErrors.bad_nats({}, cause)
  }
}
