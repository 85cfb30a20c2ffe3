import { lookup as resolve } from 'node:dns'
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { AppError } from '@dengta/kernel'
import { type AllowedHost, allowedHost, mayReach } from './host-guard.ts'

export interface GuardedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: string | Uint8Array | undefined
  readonly timeoutMs: number
}

/** `sent: false`: it surely did not go out. */
export type GuardedAnswer =
  | {
      readonly ok: true
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: Uint8Array
    }
  | { readonly ok: false; readonly sent: boolean; readonly problem: string }

export interface GuardOptions {
  readonly hosts: readonly AllowedHost[]
  /** Bytes of an answer that are read; more is a problem. */
  readonly maxBytes: number
  /** Certificates that are trusted besides those of the system, PEM. */
  readonly ca?: string
}

/**
 * One HTTP call, to an allowed host at an allowed address, checked after the name was resolved and for the very address that is
 * connected to. Redirects are not followed: they are answers like others. Never throws for what the other side does.
 */
export async function guardedRequest(call: GuardedRequest, options: GuardOptions): Promise<GuardedAnswer> {
  try {
    const url = new URL(call.url)
    return await exchange(call, url, { ...options, allowed: allowedHost(url, options.hosts) })
  } catch (cause) {
    if (cause instanceof AppError || cause instanceof TypeError)
      return { ok: false, sent: false, problem: cause.message }
    throw cause
  }
}

interface Exchange extends GuardOptions {
  readonly allowed: AllowedHost
}

function exchange(call: GuardedRequest, url: URL, options: Exchange): Promise<GuardedAnswer> {
  return new Promise((settle) => {
    const signal = AbortSignal.timeout(call.timeoutMs)
    const request = open(call, url, { options, signal })
    let sent = false
    const fail = (cause: Error) => settle({ ok: false, sent, problem: problemOf(cause, signal) })
    request.on('error', fail)
    request.on('socket', (socket) => {
      const connected = url.protocol === 'https:' ? 'secureConnect' : 'connect'
      if (socket.connecting) socket.once(connected, () => (sent = true))
      else sent = true
    })
    let answered = false
    request.on('close', () => answered || fail(new Error('the connection ended without an answer')))
    request.on('response', (response) => {
      answered = true
      readBody(response, options.maxBytes).then(
        (body) => settle({ ok: true, status: response.statusCode ?? 0, headers: flat(response), body }),
        fail,
      )
    })
    request.end(call.body)
  })
}

/** A body has its length: of GET and DELETE node:http states none, and the server would take the body for another request. */
function open(
  call: GuardedRequest,
  url: URL,
  { options, signal }: { options: Exchange; signal: AbortSignal },
): ClientRequest {
  const headers: Record<string, string | string[]> = Object.fromEntries(
    Object.entries(call.headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  )
  if (call.body !== undefined) headers['content-length'] = String(Buffer.byteLength(call.body))
  const common = { method: call.method, headers, signal, agent: false as const, lookup: guardedLookup(options.allowed) }
  if (url.protocol === 'http:') return httpRequest(url, common)
  return httpsRequest(url, { ...common, ...(options.ca === undefined ? {} : { ca: options.ca }) })
}

/** Resolves a name and hands on only addresses that its entry allows. Addresses in the URL were checked before. */
function guardedLookup(allowed: AllowedHost): LookupFunction {
  return (host, lookupOptions, done) => {
    resolve(host, { ...lookupOptions, all: true }, (cause, addresses) => {
      if (cause) return done(cause, '', 0)
      const fitting = addresses.filter(({ address }) => isIP(address) !== 0 && mayReach(allowed, address))
      const first = fitting[0]
      if (first === undefined) return done(new Error(`${host} leads to an address that may not be called`), '', 0)
      return lookupOptions.all === true ? done(null, fitting) : done(null, first.address, first.family)
    })
  }
}

function problemOf(cause: Error, signal: AbortSignal): string {
  return signal.aborted ? 'no answer in time' : cause.message
}

function flat(response: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]))
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response as AsyncIterable<Uint8Array>) {
    size += part.length
    if (size > maxBytes) throw new Error(`the answer is longer than ${maxBytes} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}
