import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Client, createClient, type Fetch } from '@dengta/sdk'
import { readConfig } from '../config.ts'
import { openHouse } from '../house.ts'
import { injectFetch } from '../http/inject-fetch.ts'
import type { RunningServer } from '../run-file.ts'
import { cliErrors } from './cli-errors.ts'
import type { Terminal } from './terminal.ts'

export interface ConnectOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly actAs: string | undefined
  readonly terminal: Terminal
}

/**
 * Runs `work` with a client: of DENGTA_URL with DENGTA_TOKEN, else of the server running on this data folder,
 * else of the house opened in this process just for `work`. Throws `cli.as_with_token`.
 */
export async function connect<T>(
  { env, actAs, terminal }: ConnectOptions,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  if (actAs && (env.DENGTA_URL || env.DENGTA_TOKEN)) throw cliErrors.as_with_token()
  if (env.DENGTA_URL) return work(createClient({ baseUrl: env.DENGTA_URL.replace(/\/$/, ''), token: env.DENGTA_TOKEN }))
  const config = readConfig(env)
  const running = await findServer(config.home)
  if (running) {
    const fetch = actingFetch(actAs, globalThis.fetch)
    return work(createClient({ baseUrl: running.address, token: env.DENGTA_TOKEN ?? running.token, fetch }))
  }
  terminal.progress({ label: { en: 'opening the house', zh: '正在打开数据目录' }, done: 0, total: 0 })
  const house = await openHouse(config)
  try {
    const fetch = actingFetch(actAs, injectFetch(house.app))
    return await work(createClient({ baseUrl: '', token: env.DENGTA_TOKEN ?? house.sessionToken, fetch }))
  } finally {
    await house.close()
  }
}

/** Adds the header by which the operator's own session acts for a participant. */
export function actingFetch(participant: string | undefined, fetch: Fetch): Fetch {
  if (!participant) return fetch
  return (url, init) =>
    fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), 'dengta-act-as': participant } })
}

/** The server that runs on a data folder; undefined where none answers. */
export async function findServer(home: string): Promise<RunningServer | undefined> {
  try {
    const running = JSON.parse(await readFile(join(home, 'run', 'server.json'), 'utf8')) as RunningServer
    const answer = await fetch(`${running.address}/api/v1/health`, { signal: AbortSignal.timeout(3000) })
    return answer.ok ? running : undefined
  } catch {
    return undefined
  }
}
