import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { AlertPage, FlowView } from '@dengta/sdk'
import { entryFile } from '@dengta/store'
import { afterAll, expect, test } from 'vitest'

const home = mkdtempSync(join(tmpdir(), 'dengta-live-'))
let server: ChildProcess | undefined
afterAll(() => {
  server?.kill('SIGKILL')
  rmSync(home, { recursive: true })
})

interface Serving {
  readonly ask: <T>(path: string) => Promise<T>
  readonly ingest: string
}

/** The real house as a process, with an open HTTP intake and the own sample rules. */
async function serve(): Promise<Serving> {
  const env = {
    ...process.env,
    DENGTA_HOME: home,
    DENGTA_DATA: join(home, 'no-data'),
    DENGTA_PORT: '0',
    DENGTA_THREAT_HTTP_PORT: '0',
  }
  server = spawn(process.execPath, [entryFile('dengta'), 'start', '--no-programme'], { env, stdio: 'ignore' })
  const file = join(home, 'run', 'server.json')
  let found = running(file)
  for (; found?.pid !== server.pid; found = running(file)) await delay(100)
  const { address, token } = found as NonNullable<typeof found>
  const ask = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${address}/api/v1/threat${path}`, { headers: { authorization: `Bearer ${token}` } })
    return (await answer.json()) as T
  }
  let at = ''
  while (at === '') {
    at = (await ask<FlowView>('/flow')).sources[0]?.at ?? ''
    await delay(100)
  }
  return { ask, ingest: `http://${at}/ingest` }
}

/** What the server says of itself; undefined while it is being written. */
function running(file: string): { address: string; token: string; pid: number } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Two lines, one of which fires a sample rule. */
const linesOf = (number: number): string => {
  const event = {
    _product: 'linux',
    _category: 'process_creation',
    '@timestamp': new Date().toISOString(),
    Computer: `host-${number}`,
  }
  const fires = { ...event, Image: '/bin/sh', ParentImage: '/usr/sbin/nginx', CommandLine: 'sh' }
  return `${JSON.stringify(fires)}\n${JSON.stringify({ ...event, Image: '/bin/ls', ParentImage: '/bin/bash' })}\n`
}

async function hostsWithAlerts({ ask }: Serving): Promise<string[]> {
  const hosts: string[] = []
  let before: string | undefined
  do {
    const page: AlertPage = await ask(`/alerts?limit=200${before === undefined ? '' : `&before=${before}`}`)
    hosts.push(...page.alerts.map(({ host }) => host))
    before = page.next
  } while (before !== undefined)
  return hosts
}

test('kill -9 of the house under load: every acknowledged event is an alert, and none is one twice', async () => {
  const acknowledged = new Set<string>()
  let number = 0
  for (let round = 0; round < 5; round += 1) {
    const serving = await serve()
    const end = Date.now() + 400 + 300 * round
    const send = async () => {
      while (Date.now() < end) {
        number += 1
        const mine = number
        const answer = await fetch(serving.ingest, { method: 'POST', body: linesOf(mine) }).catch(() => undefined)
        if (answer?.ok) acknowledged.add(`host-${mine}`)
      }
    }
    const senders = [send(), send(), send()]
    await delay(end - Date.now() - 100)
    const gone = once(server as ChildProcess, 'exit')
    server?.kill('SIGKILL')
    await Promise.all([...senders, gone])
  }
  const serving = await serve()
  while ((await serving.ask<FlowView>('/flow')).lagMs > 0) await delay(100)
  const hosts = await hostsWithAlerts(serving)
  expect(acknowledged.size).toBeGreaterThan(20)
  expect([...acknowledged].filter((host) => !hosts.includes(host))).toEqual([])
  expect(new Set(hosts).size).toBe(hosts.length)
  console.log(`${acknowledged.size} events acknowledged in 5 rounds, ${hosts.length} alerts`)
}, 600_000)
