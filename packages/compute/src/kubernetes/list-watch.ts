import { setTimeout as sleep } from 'node:timers/promises'
import type { Text } from '@dengta/kernel'
import { z } from 'zod'
import type { KubernetesClient } from './kubernetes-client.ts'
import { kubernetesErrors } from './kubernetes-errors.ts'

const META = z.looseObject({ resourceVersion: z.string().optional(), continue: z.string().optional() })
const PAGE = z.looseObject({ metadata: META, items: z.array(z.unknown()) })
const EVENT = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.looseObject({}),
})
const VERSIONED = z.looseObject({ metadata: z.looseObject({ resourceVersion: z.string() }) })
const GONE = 410

export interface Listed {
  readonly items: readonly unknown[]
  /** From here a watch goes on without a gap. */
  readonly resourceVersion: string
}

/** The whole collection, page by page; begins again where a page's token has expired (410). */
export async function listAll(
  client: KubernetesClient,
  path: string,
  { labelSelector, pageSize = 500 }: { readonly labelSelector?: string; readonly pageSize?: number } = {},
): Promise<Listed> {
  const items: unknown[] = []
  let token = ''
  for (;;) {
    const query = {
      limit: String(pageSize),
      ...(labelSelector ? { labelSelector } : {}),
      ...(token ? { continue: token } : {}),
    }
    const { status, body } = await client.call('GET', path, { query, expect: token ? [GONE] : [] })
    if (status === GONE) {
      items.length = 0
      token = ''
      continue
    }
    const page = PAGE.safeParse(body).data
    if (!page) throw kubernetesErrors.refused({ method: 'GET', path, status, problem: noList(body) })
    items.push(...page.items)
    token = page.metadata.continue ?? ''
    if (token === '') return { items, resourceVersion: page.metadata.resourceVersion ?? '0' }
  }
}

function noList(body: unknown): Text {
  const said = String((body as { message?: unknown } | undefined)?.message ?? '').slice(0, 200)
  return { en: `it answered no list: ${said}`, zh: `未返回列表：${said}` }
}

export type WatchEvent =
  /** The whole collection, at the start and whenever the server no longer knows where we were. */
  | { readonly type: 'list'; readonly items: readonly unknown[] }
  | { readonly type: 'changed' | 'deleted'; readonly object: unknown }

export interface FollowOptions {
  readonly signal: AbortSignal
  /** The server ends a watch after this; then it goes on from the last version seen. */
  readonly watchSeconds?: number
}

/** Follows a collection until `signal` aborts: lists, watches with bookmarks, lists anew after 410 Gone. */
export async function* follow(
  client: KubernetesClient,
  path: string,
  { signal, watchSeconds = 300 }: FollowOptions,
): AsyncGenerator<WatchEvent> {
  while (!signal.aborted) {
    const { items, resourceVersion } = await listAll(client, path)
    yield { type: 'list', items }
    yield* watchOn({ client, path, signal, watchSeconds, from: resourceVersion })
  }
}

interface WatchOn extends Required<FollowOptions> {
  readonly client: KubernetesClient
  readonly path: string
  readonly from: string
}

/** A server that ends every watch at once is not asked more often than this, milliseconds. */
const BETWEEN_WATCHES = 100

/** Ends when the version we stand at is gone. */
async function* watchOn({ client, path, signal, watchSeconds, from }: WatchOn): AsyncGenerator<WatchEvent> {
  for (let at: string | undefined = from; at !== undefined && !signal.aborted; ) {
    const query = {
      ...{ watch: 'true', allowWatchBookmarks: 'true', resourceVersion: at },
      timeoutSeconds: String(watchSeconds),
    }
    try {
      for await (const line of client.lines(path, { query, signal })) {
        const { type, object } = EVENT.parse(JSON.parse(line))
        if (type === 'ERROR') throw Object.assign(new Error('watch'), { details: { status: object.code } })
        at = VERSIONED.parse(object).metadata.resourceVersion
        if (type !== 'BOOKMARK') yield { type: type === 'DELETED' ? 'deleted' : 'changed', object }
      }
      await sleep(BETWEEN_WATCHES)
    } catch (error) {
      if (signal.aborted) return
      if ((error as { details?: { status?: unknown } }).details?.status !== GONE) throw error
      at = undefined
    }
  }
}
