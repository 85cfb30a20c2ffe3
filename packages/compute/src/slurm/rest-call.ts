import { request as call } from 'node:http'
import { slurmToken } from './json-web-token.ts'
import type { SlurmConnection } from './slurm-connection.ts'
import { slurmErrors } from './slurm-errors.ts'

export type RestConnection = SlurmConnection & { readonly rest: NonNullable<SlurmConnection['rest']> }

const TOKEN_SECONDS = 600
const ANSWER_MS = 60_000

export interface RestQuestion {
  readonly user: string
  readonly words: readonly [method: string, path: string, body?: object | undefined]
  /** Seconds since 1970. */
  readonly now: number
}

/** One call of slurmrestd, over its socket or its address. Answers the JSON of any status: its faults stand in it. */
export function sendRest({ rest }: RestConnection, { user, words, now }: RestQuestion): Promise<unknown> {
  const [method, path, body] = words
  const token = slurmToken(rest.key, user, { now, seconds: TOKEN_SECONDS })
  const headers = { 'X-SLURM-USER-NAME': user, 'X-SLURM-USER-TOKEN': token, 'Content-Type': 'application/json' }
  const where = 'socket' in rest.address ? { socketPath: rest.address.socket, path } : {}
  const url = new URL(path, 'socket' in rest.address ? 'http://localhost' : rest.address.url)
  const failed = (problem: string, cause?: unknown) =>
    slurmErrors.rest_failed({ call: `${method} ${url.pathname}`, problem }, cause)
  return new Promise((resolve, reject) => {
    const outgoing = call(url, { ...where, method, headers, timeout: ANSWER_MS }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', (error) => reject(failed(error.message, error)))
      incoming.on('end', () => {
        const text = String(Buffer.concat(chunks))
        try {
          resolve(JSON.parse(text))
        } catch (error) {
          reject(failed(`status ${incoming.statusCode}: ${text.slice(0, 200)}`, error))
        }
      })
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')))
    outgoing.on('error', (error) => reject(failed(error.message, error)))
    outgoing.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
