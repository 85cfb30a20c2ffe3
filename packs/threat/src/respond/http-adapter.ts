import { base64, fromUtf8, type Json, sha256Hex, utf8 } from '@dengta/kernel'
import type { Values } from '../playbook/evaluate-condition.ts'
import type { AuthenticationInfo, Command } from '../playbook/playbook.ts'
import {
  type Adapter,
  type Answer,
  type Order,
  outputsOf,
  PASSWORD,
  type Prepared,
  type SecretSource,
  withoutSecret,
} from './adapter.ts'
import { decodedText } from './decoded-text.ts'
import { type GuardedAnswer, type GuardOptions, guardedRequest } from './guarded-request-client.ts'
import { allowedHost } from './host-guard.ts'
import { resolved } from './plan-work.ts'
import { respondErrors } from './respond-errors.ts'

const START_LINE = /^(GET|HEAD|POST|PUT|PATCH|DELETE) (\/\S*) HTTP\/1\.[01]$/

/** CACAO `http-api` commands. Statuses 200 to 299 are success, 4xx and moved (301, 307, 308) surely nothing done; others and silence leave it open. */
export function httpAdapter(options: GuardOptions): Adapter {
  return {
    types: ['http-api'],
    prepare: (order) => prepareHttp(order, options, bodyOf(order.command, order.values)),
    send: (prepared, secrets) => sendHttp(prepared, secrets, { ...options, read: answerOf }),
  }
}

export interface HttpBody {
  readonly text: string | undefined
  readonly headers: Readonly<Record<string, string>>
}

/** The request as JSON: method, url, headers, body. Values cannot break out of path, header or JSON text. */
export function prepareHttp(order: Order, options: GuardOptions, body: HttpBody): Prepared {
  const { command, values, timeoutMs, authentication } = order
  const line = START_LINE.exec(command.command ?? '')
  if (!line)
    throw respondErrors.bad_order({
      why: { en: `"${command.command}" is no start line of HTTP/1.1`, zh: `“${command.command}”不是 HTTP/1.1 起始行` },
    })
  const [, method = '', target = ''] = line
  const asked = resolved(target, values, encodeURIComponent)
  const url = new URL(asked, baseOf(order))
  if (`${url.pathname}${url.search}` !== asked)
    throw respondErrors.bad_order({ why: { en: `"${asked}" leaves its own path`, zh: `“${asked}”越出了自身路径` } })
  allowedHost(url, options.hosts)
  const headers = { ...headersOf(command, values), ...body.headers }
  const request: Json = { method, url: url.href, headers, ...(body.text === undefined ? {} : { body: body.text }) }
  return { type: command.type, place: url.origin, request, timeoutMs, ...secretOf(authentication) }
}

/** Base URL of an agent: its `url`, or its name or address with its port (https on 443, http otherwise). */
function baseOf({ agent }: Order): URL {
  const { url, dname, ipv4, ipv6 } = agent.address ?? {}
  const host = dname?.[0] ?? ipv4?.[0] ?? (ipv6?.[0] === undefined ? undefined : `[${ipv6[0]}]`)
  const port = agent.port ?? '80'
  const text = url?.[0] ?? (host === undefined ? '' : `${port === '443' ? 'https' : 'http'}://${host}:${port}`)
  if (!URL.canParse(String(text)))
    throw respondErrors.bad_order({
      why: { en: `the agent ${agent.name} has no address to call`, zh: `代理 ${agent.name} 没有可调用的地址` },
    })
  return new URL(String(text))
}

function headersOf({ headers = {} }: Command, values: Values): Record<string, string> {
  const pairs = Object.entries(headers).map(
    ([name, list]) => [name.toLowerCase(), list.map((each) => resolved(each, values)).join(', ')] as const,
  )
  for (const [name, value] of pairs) {
    const bad = !/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name) || !/^[\t\x20-\x7e]*$/.test(value)
    if (bad || ['host', 'content-length', 'transfer-encoding', 'connection'].includes(name)) {
      throw respondErrors.bad_order({
        why: { en: `the header "${name}" cannot be sent`, zh: `请求头“${name}”不能发送` },
      })
    }
  }
  return Object.fromEntries(pairs)
}

function bodyOf(command: Command, values: Values): HttpBody {
  const text = command.content ?? (command.content_b64 === undefined ? undefined : decodedText(command.content_b64))
  if (text === undefined) return { text, headers: {} }
  const stated = Object.entries(command.headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1]?.[0]
  const isJson = stated?.includes('json') ?? /^\s*[{[]/.test(text)
  if (isJson) return { text: filledJson(text, values), headers: stated ? {} : { 'content-type': 'application/json' } }
  const encode = stated?.includes('urlencoded') ? encodeURIComponent : undefined
  return { text: resolved(text, values, encode), headers: {} }
}

/** JSON with variables in its texts: parsed first, so that a value stays inside its text. */
export function filledJson(text: string, values: Values): string {
  try {
    return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
      typeof value === 'string' ? resolved(value, values) : value,
    )
  } catch (cause) {
    if (cause instanceof SyntaxError)
      throw respondErrors.bad_order(
        { why: { en: 'its content is not readable JSON', zh: '其内容不是可读取的 JSON' } },
        cause,
      )
    throw cause
  }
}

function secretOf(info: AuthenticationInfo | undefined): { secret?: string } {
  return info?.kms_key_identifier === undefined ? {} : { secret: info.kms_key_identifier }
}

interface HttpSending extends GuardOptions {
  /** Of this message alone: no part of what was prepared. */
  readonly headers?: Readonly<Record<string, string>>
  readonly read: (reply: GuardedAnswer) => Answer
}

/** Sends what was prepared. The secret becomes the Authorization header here and nowhere else: `user:password` Basic, anything else Bearer. */
export async function sendHttp(
  prepared: Prepared,
  secrets: SecretSource,
  { read, headers: own = {}, ...options }: HttpSending,
): Promise<Answer> {
  const { method, url, headers, body } = prepared.request as {
    method: string
    url: string
    headers: Record<string, string>
    body?: string
  }
  const secret = prepared.secret === undefined ? undefined : await secrets.reveal(prepared.secret)
  const signed = { ...headers, ...own, ...(secret === undefined ? {} : { authorization: authorization(secret) }) }
  const reply = await guardedRequest({ method, url, headers: signed, body, timeoutMs: prepared.timeoutMs }, options)
  return withoutSecret(read(reply), secret)
}

const authorization = (secret: string): string =>
  PASSWORD.test(secret) ? `Basic ${base64(utf8(secret))}` : `Bearer ${secret}`

/** Statuses besides 4xx that say that nothing was done: ask elsewhere. 302 and 303 are given to what was done as well (RFC 9110 §15.4). */
const REFUSED: ReadonlySet<number> = new Set([301, 307, 308])

/** What a reply means by its status, with its scalar members. */
export function answerOf(reply: GuardedAnswer): Answer {
  if (!reply.ok) return { outcome: reply.sent ? 'unknown' : 'failed', detail: reply.problem, outputs: {} }
  const { status, body } = reply
  const isRefused = REFUSED.has(status) || (status >= 400 && status < 500)
  const outcome = status >= 200 && status < 300 ? 'succeeded' : isRefused ? 'failed' : 'unknown'
  const outputs = { http_status: String(status), ...outputsOf(jsonOf(body)) }
  return { outcome, detail: `HTTP ${status}`, outputs, digest: sha256Hex(body) }
}

/** Undefined where the answer is no JSON. */
export function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(body))
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof TypeError) return undefined
    throw cause
  }
}
