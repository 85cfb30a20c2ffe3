import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, createClient, type FlowView } from '@dengta/sdk'
import { houseRoot } from '@dengta/store'
import { loadRules, readRuleFiles } from '@dengta/threat'
import { hasThreatData, ORACLE_PLACEHOLDERS, RULE_ARCHIVE } from '../../packs/threat/src/threat-data.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'
import type { Load, Sent } from './end-to-end.ts'
import { jsonChild } from './json-child.ts'

const SECONDS = Number(process.env.DENGTA_SECONDS ?? 120)
const RATE = Number(process.env.DENGTA_RATE ?? 81_018)
const WARM_UP_SECONDS = 30
const FILE = 'events/windows-03.ndjson.br'
const PORT = 4599

/**
 * The same events into a whole house as it is served: TCP, journal, every SigmaHQ rule and a correlation over all of them,
 * groups, decisions, incidents, projection into its database. Its flow is asked for once a second meanwhile.
 */
export const house: Benchmark = async (emit) => {
  if (!hasThreatData) {
    process.stderr.write('SKIPPED: set DENGTA_DATA to the folder that holds threat/\n')
    return
  }
  const folder = await mkdtemp(join(tmpdir(), 'dengta-house-flow-'))
  const served = await serve(folder, await rulesWithCorrelation(folder))
  try {
    const client = await clientOf(folder, served)
    while ((await client.getThreatFlow()).state === 'starting') await sleep(500)
    await send(served, client, { stream: 'warm-up', seconds: WARM_UP_SECONDS, rate: RATE / 2 })
    emitFlow(emit, await send(served, client, { stream: 'measured', seconds: SECONDS, rate: RATE }))
  } finally {
    const ended = once(served.process, 'exit')
    served.process.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
}

/** SigmaHQ's rules in a folder, and one correlation that counts the alerts of all of them by computer. */
async function rulesWithCorrelation(folder: string): Promise<string> {
  execFileSync('tar', ['-xzf', RULE_ARCHIVE, '-C', folder])
  const files = await readRuleFiles(RULE_ARCHIVE)
  const ids = loadRules(files, { placeholders: ORACLE_PLACEHOLDERS }).rules.map(({ id }) => `    - ${id}`)
  const correlation = `title: many alerts on one computer
id: many-alerts
correlation:
  type: event_count
  rules:
${ids.join('\n')}
  group-by: [Computer]
  timespan: 10m
  condition: {gte: 100}
  generate: true
`
  await writeFile(join(folder, 'many-alerts.yml'), correlation)
  return folder
}

interface Served {
  readonly process: ChildProcess
  readonly address: string
}

async function serve(folder: string, rules: string): Promise<Served> {
  const command = [join(houseRoot(), 'apps/server/bin/dengta.mjs'), 'start', '--json', '--no-programme']
  const settings = { DENGTA_HOME: join(folder, 'home'), DENGTA_PORT: '0', DENGTA_THREAT_RULES: rules }
  const child = spawn(process.execPath, command, {
    env: { ...process.env, ...settings, DENGTA_THREAT_TCP_PORT: String(PORT) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /^\{"address":"([^"]+)"\}$/.exec(line)?.[1]
    if (address) {
      child.stdout.resume()
      return { process: child, address }
    }
  }
  throw new Error('the house ended before it served')
}

async function clientOf(folder: string, { address }: Served): Promise<Client> {
  const { token } = JSON.parse(await readFile(join(folder, 'home/run/server.json'), 'utf8')) as { token: string }
  return createClient({ baseUrl: address, token, fetch: (url, init) => fetch(url, init) })
}

interface Flow {
  readonly sent: Sent
  readonly before: FlowView
  readonly after: FlowView
  /** MiB of the server by second. */
  readonly memory: readonly number[]
}

async function send({ process: server }: Served, client: Client, load: Load): Promise<Flow> {
  const sender = jsonChild('event-sender', { port: PORT, file: FILE, ...load })
  await sender.next()
  const before = await client.getThreatFlow()
  sender.order('go')
  const memory: number[] = []
  let sent: Sent | undefined
  const done = sender.next<Sent>().then((value) => {
    sent = value
  })
  while (!sent) {
    await Promise.race([done, sleep(1000)])
    const { totals, lagMs, latency } = await client.getThreatFlow()
    memory.push(await residentMiB(server))
    process.stderr.write(`\r${load.stream}: ${totals.accepted} in, lag ${lagMs} ms, p99 ${latency.p99.toFixed(0)} ms  `)
  }
  process.stderr.write('\n')
  return { sent, before, after: await settled(client, before, sent), memory }
}

const SETTLE_MS = 60_000

async function settled(client: Client, before: FlowView, { sent }: Sent): Promise<FlowView> {
  const until = Date.now() + SETTLE_MS
  for (;;) {
    const flow = await client.getThreatFlow()
    if (lookedAt(flow) - lookedAt(before) >= sent || Date.now() > until) return flow
    await sleep(50)
  }
}

const lookedAt = ({ totals }: FlowView): number => totals.evaluated + totals.unreadable

async function residentMiB({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

function emitFlow(emit: Parameters<Benchmark>[0], { sent, before, after, memory }: Flow): void {
  const stored = (what: 'alerts' | 'findings') => after.totals[what] - before.totals[what]
  const { p50, p99, max } = after.latency
  const third = Math.ceil(memory.length / 3)
  const [first, last] = [mean(memory.slice(0, third)), mean(memory.slice(-third))]
  emit(
    figure('whole house: sustained rate', sent.sent / (sent.tookMs / 1000), 'events/s', {
      goal: { is: '>=', than: RATE * 0.999 },
      yardstick: `${SECONDS} s; detected, correlated, grouped, in the database; the events repeat with their own times, so that from the second round on correlation and triage are given late ones; sender on the same cores, at most ${sent.behindMs.toFixed(0)} ms behind its schedule`,
    }),
  )
  emit(
    figure('whole house: acknowledged events not evaluated', sent.sent - lookedAt(after) + lookedAt(before), 'events', {
      goal: { is: '=', than: 0 },
      yardstick: `${sent.sent} acknowledged, ${stored('alerts')} alerts stored, ${stored('findings')} findings of correlation and triage`,
    }),
  )
  emit(
    figure('whole house: receipt to stored alert, p99', p99 / 1000, 's', {
      goal: { is: '<=', than: 1 },
      yardstick: `p50 ${p50.toFixed(0)} ms, longest ${max.toFixed(0)} ms, since its start, rules being compiled included`,
    }),
  )
  emit(
    figure('whole house: memory, last third over first third', last / first, 'ratio', {
      goal: { is: '<=', than: 1.1 },
      yardstick: `server alone: ${Math.round(first)} MiB at first, ${Math.round(Math.max(...memory))} MiB at most`,
    }),
  )
}

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length
