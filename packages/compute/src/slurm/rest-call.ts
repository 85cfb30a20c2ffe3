import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { slurmToken } from './json-web-token.ts'
import type { SlurmConnection } from './slurm-connection.ts'
import { slurmErrors } from './slurm-errors.ts'

export type RestConnection = SlurmConnection & { readonly rest: NonNullable<SlurmConnection['rest']> }

const TOKEN_SECONDS = 600
/** Lists take long under load. A change that waits longer than this is made by a command meanwhile. */
const [LIST_MS, CHANGE_MS] = [60_000, 10_000]
/** A submission made twice is two jobs: it is given as long as a list, and its token ends with its wait, so that it is refused later. */
const SUBMIT = { path: '/job/submit', seconds: LIST_MS / 1000 } as const
/** Accounts of a whole cluster can be more than a house holds: what goes beyond is no answer. */
const MOST_BYTES = 64 * 1024 * 1024

export interface RestQuestion {
  readonly user: string
  readonly words: readonly [method: string, path: string, body?: object | undefined]
  /** Seconds since 1970. */
  readonly now: number
}

/**
 * One call of slurmrestd, over its socket or its address. Answers the JSON of any status: its faults stand in it. Throws
 * `slurm.rest_silent` where there is none.
 */
export function sendRest({ rest }: RestConnection, { user, words, now }: RestQuestion): Promise<unknown> {
  const [method, path, body] = words
  const submits = path.endsWith(SUBMIT.path)
  const token = slurmToken(rest.key, user, { now, seconds: submits ? SUBMIT.seconds : TOKEN_SECONDS })
  const headers = { 'X-SLURM-USER-NAME': user, 'X-SLURM-USER-TOKEN': token, 'Content-Type': 'application/json' }
  const where = 'socket' in rest.address ? { socketPath: rest.address.socket, path } : {}
  const url = urlOf(rest.address, path)
  const call = url.protocol === 'https:' ? secureRequest : plainRequest
  const timeout = method === 'GET' || submits ? LIST_MS : CHANGE_MS
  return new Promise((resolve, reject) => {
    const failed = (error: Error) =>
      reject(slurmErrors.rest_silent({ call: `${method} ${path.split('?')[0]}`, problem: error.message }, error))
    const outgoing = call(url, { ...where, method, headers, timeout }, (incoming) => {
      readAnswer(incoming).then(resolve, failed)
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')))
    outgoing.on('error', failed)
    outgoing.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/** Below the path of the address, where a proxy stands before the service. */
const urlOf = (address: RestConnection['rest']['address'], path: string): URL =>
  new URL(('socket' in address ? 'http://localhost' : address.url.replace(/\/+$/, '')) + path)

async function readAnswer(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw new Error(`its answer is longer than ${MOST_BYTES / 1024 / 1024} MiB`)
    chunks.push(chunk)
  }
  const text = String(Buffer.concat(chunks))
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`status ${incoming.statusCode}: ${text.slice(0, 200)}`, { cause })
  }
}
