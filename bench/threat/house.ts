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
import { hasThreatData, RULE_ARCHIVE } from '../../packs/threat/src/threat-data.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'
import type { Load, Sent } from './end-to-end.ts'
import { jsonChild } from './json-child.ts'

const SECONDS = Number(process.env.DENGTA_SECONDS ?? 120)
const RATE = Number(process.env.DENGTA_RATE ?? 81_018)
const WARM_UP_SECONDS = 30
const FILE = 'events/windows-03.ndjson.br'
const PORT = 4599
/** A correlation names at most so many. */
const MOST_RULES = 1000
const CORRELATION = 'many-alerts'
/** So fast does time pass for the events, so that a decision, due half an hour after a group began, falls into the run. */
const PACE = 12

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
  const served = await serve(folder, await rulesWithCorrelations(folder))
  try {
    const client = await clientOf(folder, served)
    while ((await client.getThreatFlow()).state === 'starting') await sleep(500)
    const fromMs = Date.now() - (WARM_UP_SECONDS + SECONDS) * 1000 * PACE
    const warmUp = { stream: 'warm-up', seconds: WARM_UP_SECONDS, rate: RATE / 2, clock: { fromMs, pace: PACE } }
    await send(served, client, warmUp)
    const clock = { fromMs: fromMs + WARM_UP_SECONDS * 1000 * PACE, pace: PACE }
    emitFlow(emit, await send(served, client, { stream: 'measured', seconds: SECONDS, rate: RATE, clock }))
    await emitConclusions(emit, client)
  } finally {
    const ended = once(served.process, 'exit')
    served.process.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
}

/** SigmaHQ's rules in a folder, and correlations that count the alerts of all of them by computer. */
async function rulesWithCorrelations(folder: string): Promise<string> {
  execFileSync('tar', ['-xzf', RULE_ARCHIVE, '-C', folder])
  const { rules } = loadRules(await readRuleFiles(RULE_ARCHIVE))
  const documents = inParts(rules, MOST_RULES).map((part, at) => correlationOver(part, at))
  await writeFile(join(folder, 'many-alerts.yml'), documents.join('---\n'))
  return folder
}

const inParts = <T>(all: readonly T[], most: number): readonly T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, at) => all.slice(at * most, (at + 1) * most))

const correlationOver = (
  rules: readonly { readonly id: string }[],
  at: number,
): string => `title: many alerts on one computer ${at}
id: ${CORRELATION}-${at}
correlation:
  type: event_count
  rules:
${rules.map(({ id }) => `    - ${id}`).join('\n')}
  group-by: [Hostname]
  timespan: 10m
  condition: {gte: 20}
  generate: true
`

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
  const { p50, p99, max } = after.latency
  const third = Math.ceil(memory.length / 3)
  const [first, last] = [mean(memory.slice(0, third)), mean(memory.slice(-third))]
  emit(
    figure('whole house: sustained rate', sent.sent / (sent.tookMs / 1000), 'events/s', {
      goal: { is: '>=', than: RATE * 0.999 },
      yardstick: `${SECONDS} s; detected, correlated, grouped, in the database; the events repeat with times that pass ${PACE} times as fast, on new computers after every fifth round; sender on the same cores, at most ${sent.behindMs.toFixed(0)} ms behind its schedule`,
    }),
  )
  emit(
    figure('whole house: acknowledged events not evaluated', sent.sent - lookedAt(after) + lookedAt(before), 'events', {
      goal: { is: '=', than: 0 },
      yardstick: `${sent.sent} acknowledged, ${after.totals.alerts - before.totals.alerts} alerts of rules stored`,
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

/** What the stages made of the alerts, warm-up included. */
async function emitConclusions(emit: Parameters<Benchmark>[0], client: Client): Promise<void> {
  const { rules } = await client.listRules({ text: CORRELATION })
  const groups = await client.listGroups()
  const hits = rules.reduce((sum, rule) => sum + rule.hits, 0)
  const some = { is: '>=', than: 1 } as const
  const names = `${rules.length} of event_count over up to ${MOST_RULES} rules each, by computer`
  emit(figure('whole house: alerts of correlations', hits, 'alerts', { goal: some, yardstick: names }))
  emit(
    figure('whole house: groups decided and in the database', groups.total, 'groups', {
      goal: some,
      yardstick: `${groups.isMore ? 'and more, which are not counted; ' : ''}due half an hour after their first alert, by the clock of the events`,
    }),
  )
}

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length
