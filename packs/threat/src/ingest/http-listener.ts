import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ErrorKind, toAppError } from '@dengta/kernel'
import { checkListen, type ListenOptions, mayIngest } from './access.ts'
import { FaultCounter } from './fault-counter.ts'
import { type HttpAnswer, readHttpBody } from './http-body.ts'
import { ingestErrors } from './ingest-errors.ts'
import { NETWORK_LINE_BYTES } from './line-limit.ts'
import type { EventSource, Intake, SourceStatus } from './source.ts'

export interface HttpListenerOptions extends ListenOptions {
  readonly maxConnections?: number
  readonly maxBodyBytes?: number
  /** A request must be complete within this time, milliseconds. */
  readonly requestMs?: number
}

const DEFAULTS = {
  maxLineBytes: NETWORK_LINE_BYTES,
  maxConnections: 1000,
  maxBodyBytes: 256 * 2 ** 20,
  requestMs: 120_000,
}
const STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  limit: 413,
  unavailable: 503,
}

/**
 * POST /ingest with NDJSON; answers 200 once every line is durable. With the headers `dengta-stream` and
 * `dengta-position` (lines of the stream in front of the body) a body sent twice counts once.
 */
export class HttpListener implements EventSource {
  readonly #options: HttpListenerOptions & typeof DEFAULTS
  readonly #server: Server
  readonly #faults = new FaultCounter()
  #intake: Intake | undefined
  #open = 0
  #count = 0

  /** Throws `threat_ingest.open_listener` where it would be open to others without a token. */
  constructor(options: HttpListenerOptions) {
    checkListen(options)
    this.#options = { ...DEFAULTS, ...options }
    const { requestMs, maxConnections } = this.#options
    const limits = { requestTimeout: requestMs, headersTimeout: 10_000, connectionsCheckingInterval: 1000 }
    this.#server = createServer(
      { ...limits, maxHeaderSize: 8192 },
      (request, response) => void this.#answer(request, response),
    )
    this.#server.maxConnections = maxConnections
    this.#server.on('drop', () => this.#faults.add('too_many_connections'))
    this.#server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      this.#faults.add(error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'slow_request' : 'bad_request')
      socket.destroy()
    })
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0
  }

  async start(intake: Intake): Promise<void> {
    this.#intake = intake
    this.#server.listen({ port: this.#options.port, host: this.#options.host ?? '127.0.0.1' })
    await once(this.#server, 'listening')
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
  }

  status(): SourceStatus {
    const at = `${this.#options.host ?? '127.0.0.1'}:${this.port}`
    return { kind: 'http', at, open: this.#open, faults: this.#faults.counts }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#open += 1
    try {
      const accepted = await this.#ingest(request)
      send(response, 200, accepted)
    } catch (thrown) {
      const error = toAppError(thrown)
      this.#faults.add(error.code.split('.')[1] ?? 'refused')
      if (!response.headersSent) response.setHeader('connection', 'close')
      send(response, STATUS[error.kind], { code: error.code, title: error.text.en, zh: error.text.zh })
    } finally {
      this.#open -= 1
    }
  }

  async #ingest(request: IncomingMessage): Promise<HttpAnswer> {
    if (request.url !== '/ingest' || request.method !== 'POST') throw ingestErrors.not_found()
    const { token, maxBodyBytes, maxLineBytes } = this.#options
    if (!mayIngest(token, /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]))
      throw ingestErrors.unauthorised()
    const intake = this.#intake as Intake
    if (!intake.healthy) throw ingestErrors.not_durable({ why: { en: 'writing fails', zh: '写入失败' } })
    this.#count += 1
    const id = `http ${request.socket.remoteAddress ?? '?'} #${this.#count}`
    return readHttpBody(request, { intake, id, maxBodyBytes, maxLineBytes, onFault: (name) => this.#faults.add(name) })
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed || response.headersSent) return
  const text = JSON.stringify(body)
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text)
}
