import type { ZodType } from 'zod'
import type { Text } from './text.ts'

export const ROLES = ['owner', 'developer', 'operator', 'auditor'] as const
/** What a participant may do: an owner opens data and scenarios, a developer submits, an operator runs the house, an auditor reads. */
export type Role = (typeof ROLES)[number]

/** The house itself as a participant: it runs checks, scores and gates, and signs what it found. */
export const HOUSE = 'house'

/** Who asks. Absent for a request without a token. */
export interface Caller {
  readonly participant: string
  readonly name: string
  readonly roles: readonly Role[]
}

/** What a handler gets once the permission check has passed and its inputs fit their schemas. */
export interface RouteRequest<Params = unknown, Query = unknown, Body = unknown> {
  readonly caller: Caller | undefined
  readonly params: Params
  readonly query: Query
  readonly body: Body
}

/** A reply that is not JSON: bytes with their media type. */
export interface RawReply {
  readonly mediaType: string
  readonly body: Uint8Array | string | AsyncIterable<Uint8Array>
  readonly fileName?: string
  /** True only for content-addressed bytes that never change. */
  readonly immutable?: boolean
}

/**
 * One HTTP route as data. `allow` is required: who may call is decided before anything of the request is read.
 * `body: 'stream'` hands the raw bytes over as an AsyncIterable, limited to `maxBytes`.
 */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly allow: 'anyone' | readonly Role[]
  readonly summary: Text
  readonly params?: ZodType
  readonly query?: ZodType
  readonly body?: ZodType | 'stream'
  readonly maxBytes?: number
  readonly answer: ZodType | 'raw'
  readonly status?: number
  // biome-ignore lint/suspicious/noExplicitAny: the schemas above decide what arrives; `route()` keeps it typed at the definition
  readonly handle: (request: RouteRequest<any, any, any>) => Promise<unknown>
}

type Parsed<S> = S extends ZodType<infer T> ? T : S extends 'stream' ? AsyncIterable<Uint8Array> : undefined
type Answered<S> = S extends ZodType<infer T> ? T : RawReply

interface TypedRoute<P, Q, B, A> extends Omit<Route, 'params' | 'query' | 'body' | 'answer' | 'handle'> {
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly answer: A
  readonly handle: (request: RouteRequest<Parsed<P>, Parsed<Q>, Parsed<B>>) => Promise<Answered<A>>
}

/** Types a route's handler by its own schemas. */
export function route<
  P extends ZodType | undefined = undefined,
  Q extends ZodType | undefined = undefined,
  B extends ZodType | 'stream' | undefined = undefined,
  A extends ZodType | 'raw' = ZodType,
>(definition: TypedRoute<P, Q, B, A>): Route {
  return definition as unknown as Route
}

/** One forward-only step of the database, plain PostgreSQL. `id` is unique in the house, e.g. `ledger/001-log`. */
export interface Migration {
  readonly id: string
  readonly sql: string
}

/** Background work: `queue` is its name, `work` handles one payload and may be called again after a crash. */
export interface Job {
  readonly queue: string
  readonly concurrency: number
  readonly work: (payload: unknown) => Promise<void>
  /** Called once `work` has failed for good, and again at each start while the job stays parked; says so to whoever waits. */
  readonly giveUp?: (payload: unknown) => Promise<void>
}

export interface PluginParts {
  readonly routes: readonly Route[]
  readonly jobs: readonly Job[]
}

/** A domain as the server sees it. `Context` is the domain's own list of what it needs; the server supplies it. */
export interface Plugin<Context, Parts extends PluginParts = PluginParts> {
  readonly id: string
  readonly migrations: readonly Migration[]
  readonly start: (context: Context) => Promise<Parts>
}

export function definePlugin<Context, Parts extends PluginParts>(
  plugin: Plugin<Context, Parts>,
): Plugin<Context, Parts> {
  return plugin
}
