import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cosign, type TrustRoot } from '@dengta/evidence'
import type { Clock, Signer } from '@dengta/kernel'
import { parseAddCheckpoint } from './add-checkpoint.ts'
import { decideCosign } from './decide-cosign.ts'
import type { WitnessStateStore } from './witness-state-store.ts'

export interface WitnessOptions {
  readonly name: string
  readonly signer: Signer
  readonly logs: readonly Pick<TrustRoot, 'origin' | 'log'>[]
  readonly state: WitnessStateStore
  readonly clock: Clock
}

interface Answer {
  readonly status: number
  readonly mediaType?: string
  readonly body: string
}

const MAX_BODY_BYTES = 64 * 1024

/** Serves `POST /add-checkpoint` (C2SP tlog-witness) on the loopback interface only. Port 0 lets the system choose. */
export async function serveWitness(options: WitnessOptions, port: number): Promise<{ server: Server; port: number }> {
  const server = createServer(async (request, response) => {
    const {
      status,
      mediaType = 'text/plain; charset=utf-8',
      body,
    } = await answerRequest(request, options).catch(failed)
    response.writeHead(status, { 'content-type': mediaType }).end(body)
  })
  await new Promise<void>((ready, refused) => server.once('error', refused).listen(port, '127.0.0.1', ready))
  return { server, port: (server.address() as AddressInfo).port }
}

/** A witness that cannot remember does not sign; its owner reads why, the asker does not. */
function failed(thrown: unknown): Answer {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
  return { status: 500, body: 'the witness failed\n' }
}

async function answerRequest(request: IncomingMessage, options: WitnessOptions): Promise<Answer> {
  if (request.url !== '/add-checkpoint') return { status: 404, body: 'there is only /add-checkpoint here\n' }
  if (request.method !== 'POST') return { status: 405, body: 'send a POST\n' }
  const body = await readBody(request).catch(() => undefined)
  return body === undefined ? { status: 400, body: 'the request is malformed\n' } : addCheckpoint(body, options)
}

/** Decides, remembers and signs without a pause in between, so that two requests never race. */
function addCheckpoint(body: string, { name, signer, logs, state, clock }: WitnessOptions): Answer {
  const decision = decideCosign(parseAddCheckpoint(body), (origin) => {
    const log = logs.find((one) => one.origin === origin)
    return log && { log, head: state.head(origin) }
  })
  if (!decision.ok) {
    const { status, answer } = decision
    return status === 409 ? { status, mediaType: 'text/x.tlog.size', body: answer } : { status, body: answer }
  }
  state.remember(decision.origin, decision.head)
  const time = Math.floor(clock.now().getTime() / 1000)
  return { status: 200, body: cosign(decision.text, { name, signer, time }) }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) throw new RangeError('the request is too long')
    chunks.push(chunk)
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
}
