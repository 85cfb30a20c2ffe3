import { readFile } from 'node:fs/promises'
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { readOrSay } from '../executor/engine-file-errors.ts'
import type { ConnectionPlan, Secret } from './kube-config.ts'
import { kubernetesErrors } from './kubernetes-errors.ts'

interface ApiAnswer {
  readonly status: number
  readonly body: unknown
}

interface ApiRequest {
  readonly query?: Readonly<Record<string, string>>
  /** Sent as JSON; a PATCH is a JSON merge patch (RFC 7386). */
  readonly body?: unknown
  /** Answers beside 2xx that the caller understands, e.g. 404. */
  readonly expect?: readonly number[]
  readonly signal?: AbortSignal
}

/** The API of one cluster by plain HTTPS. */
export interface KubernetesClient {
  /** Throws `kubernetes.*` for any status that is neither 2xx nor expected. */
  call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, request?: ApiRequest): Promise<ApiAnswer>
  /** Lines of a watch as they come; ends when the server ends it. Throws like `call`. */
  lines(path: string, request: ApiRequest): AsyncIterable<string>
}

export interface ClientOptions {
  /** Longest silence of a call, milliseconds. */
  readonly timeoutMs?: number
  /** Tries of a call that the server is too busy for. */
  readonly tries?: number
}

/** Opens nothing yet: the first call does. The server's certificate is checked against the plan's authority. */
export function kubernetesClient(plan: ConnectionPlan, options: ClientOptions = {}): KubernetesClient {
  const { timeoutMs = 15_000, tries = 5 } = options
  const send = (method: string, path: string, request: ApiRequest): Promise<IncomingMessage> =>
    withFreshToken(plan, (headers, secrets) =>
      open(`${plan.server}${path}${queryOf(request)}`, {
        ...{ method, headers, secrets, ...request },
        timeoutMs: timeoutMs + Number(request.query?.timeoutSeconds ?? 0) * 1000,
      }),
    )
  return {
    call: async (method, path, request = {}) => {
      for (let left = tries; ; left -= 1) {
        const answer = await send(method, path, request)
        const status = answer.statusCode ?? 0
        const body = parsed(await textOf(answer, plan.server))
        if (isBusy(status) && left > 1) await sleep(retryAfter(answer))
        else return accepted({ method, path, status, body, expect: request.expect ?? [] })
      }
    },
    lines: async function* (path, request) {
      const answer = await send('GET', path, request)
      const status = answer.statusCode ?? 0
      if (status !== 200)
        accepted({ method: 'GET', path, status, body: parsed(await textOf(answer, plan.server)), expect: [] })
      yield* linesOf(answer)
    },
  }
}

/** A connection that breaks within an answer is no answer. */
const textOf = (answer: IncomingMessage, server: string): Promise<string> =>
  text(answer).catch((error: Error) => {
    throw kubernetesErrors.unreachable({ server: new URL(server).host, problem: error.message }, error)
  })

/** Whole lines; what a broken connection cut off is no line. */
async function* linesOf(answer: IncomingMessage): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of answer.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()!
    yield* lines.filter((line) => line !== '')
  }
}

const isBusy = (status: number): boolean => status === 429 || status === 503 || status === 504

/** Milliseconds; a date, which the header may hold too, is taken for a second. */
function retryAfter({ headers }: IncomingMessage): number {
  const seconds = Number(headers['retry-after'] ?? 1)
  return 1000 * (seconds >= 0 ? Math.min(30, seconds) : 1)
}

function queryOf({ query }: ApiRequest): string {
  return query ? `?${new URLSearchParams(query)}` : ''
}

interface Answered extends ApiAnswer {
  readonly method: string
  readonly path: string
  readonly expect: readonly number[]
}

function accepted({ method, path, status, body, expect }: Answered): ApiAnswer {
  if ((status >= 200 && status < 300) || expect.includes(status)) return { status, body }
  const problem = (body as { message?: string } | undefined)?.message ?? 'no reason given'
  if (status === 401 || status === 403) throw kubernetesErrors.not_allowed({ method, path, problem })
  throw kubernetesErrors.refused({ method, path, status, problem })
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return { message: body.slice(0, 200) }
  }
}

interface Secrets {
  readonly ca: Buffer | undefined
  readonly cert: Buffer | undefined
  readonly key: Buffer | undefined
}

/** A 401 may mean that the token was renewed on disk in the meantime: secrets are read for each try, and there are two. */
async function withFreshToken(
  plan: ConnectionPlan,
  act: (headers: Record<string, string>, secrets: Secrets) => Promise<IncomingMessage>,
): Promise<IncomingMessage> {
  for (let first = true; ; first = false) {
    const [token, ca, cert, key] = await Promise.all([plan.token, plan.ca, plan.certificate, plan.key].map(bytesOf))
    const headers = token ? { authorization: `Bearer ${token.toString('utf8').trim()}` } : {}
    const answer = await act(headers, { ca, cert, key })
    if (answer.statusCode !== 401 || !first) return answer
    answer.resume()
  }
}

async function bytesOf(secret: Secret): Promise<Buffer | undefined> {
  if (!secret) return undefined
  return 'bytes' in secret ? secret.bytes : readOrSay(secret.file, (path) => readFile(path))
}

interface OpenOptions extends ApiRequest {
  readonly method: string
  readonly timeoutMs: number
  readonly headers: Record<string, string>
  readonly secrets: Secrets
}

function open(url: string, options: OpenOptions): Promise<IncomingMessage> {
  const { method, headers, body, signal, timeoutMs, secrets } = options
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
  const settings: RequestOptions = {
    method,
    headers: { ...headers, accept: 'application/json', ...(body === undefined ? {} : { 'content-type': type }) },
    timeout: timeoutMs,
    ...(signal ? { signal } : {}),
    ...Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== undefined)),
  }
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request = url.startsWith('https:') ? httpsRequest(url, settings) : httpRequest(url, settings)
    request.on('response', resolve).on('error', reject)
    request.on('timeout', () => request.destroy(new Error(`silent for ${timeoutMs} ms`)))
    request.end(body === undefined ? undefined : JSON.stringify(body))
  }).catch((error: Error) => {
    throw kubernetesErrors.unreachable({ server: new URL(url).host, problem: error.message }, error)
  })
}
