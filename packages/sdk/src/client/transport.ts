import type { ZodType } from 'zod'
import { answerError, clientErrors, localError } from './api-error.ts'

/** What is sent as it is, without being held in memory twice. */
export type UploadBody = Blob | ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | string

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface ClientOptions {
  /** Address of the server without a trailing slash; empty for the page's own origin. */
  readonly baseUrl: string
  readonly token?: string | undefined
  readonly fetch?: Fetch
}

/** One call. `path` lies under /api/v1; `json` and `upload` exclude each other. */
interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly json?: unknown
  readonly upload?: UploadBody
}

/** Both ways to call: an answer parsed by its schema, or the raw answer for downloads. Both throw ApiError. */
export interface Transport {
  parsed<T>(call: Call, answer: ZodType<T>): Promise<T>
  raw(call: Call): Promise<Response>
}

export function httpTransport(options: ClientOptions): Transport {
  const raw = (call: Call) => send(options, call)
  return { raw, parsed: async (call, answer) => parse(options, call, await raw(call), answer) }
}

/** Fills `:name` places of a path, each value escaped. */
export function path(template: string, places: Readonly<Record<string, string>>): string {
  return template.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(places[name] ?? ''))
}

async function send(options: ClientOptions, call: Call): Promise<Response> {
  const url = `${options.baseUrl}/api/v1${call.path}${queryText(call.query)}`
  const { fetch = globalThis.fetch } = options
  const response = await fetch(url, init(options, call)).catch((cause: unknown) => {
    throw localError(clientErrors.unreachable({ address: options.baseUrl || url }, cause))
  })
  if (!response.ok) throw await answerError(nameOf(call), response)
  return response
}

function init(options: ClientOptions, call: Call): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (options.token) headers.authorization = `Bearer ${options.token}`
  const method = call.method ?? 'GET'
  if (call.json !== undefined) {
    headers['content-type'] = 'application/json'
    return { method, headers, body: JSON.stringify(call.json) }
  }
  if (call.upload === undefined) return { method, headers }
  headers['content-type'] = 'application/octet-stream'
  return { method, headers, body: call.upload, ...(call.upload instanceof ReadableStream ? { duplex: 'half' } : {}) }
}

async function parse<T>(options: ClientOptions, call: Call, response: Response, answer: ZodType<T>): Promise<T> {
  const body: unknown = await response.json().catch((cause: unknown) => {
    if (cause instanceof SyntaxError) return undefined
    throw localError(clientErrors.unreachable({ address: options.baseUrl || response.url }, cause))
  })
  const parsed = answer.safeParse(body)
  if (parsed.success) return parsed.data
  throw localError(clientErrors.unexpected_answer({ call: nameOf(call) }, parsed.error), response.status)
}

function queryText(query: Call['query'] = {}): string {
  const words = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) words.set(name, String(value))
  return words.size === 0 ? '' : `?${words}`
}

const nameOf = (call: Call): string => `${call.method ?? 'GET'} ${call.path}`
