import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PipelineStatus } from '@dengta/threat'
import {
  hasThreatData,
  ORACLE_FOLDERS,
  ORACLE_PLACEHOLDERS,
  RULE_ARCHIVE,
} from '../../packs/threat/src/threat-data.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'
import { type JsonChild, jsonChild } from './json-child.ts'
import { threadSeconds } from './thread-times.ts'

const SECONDS = Number(process.env.DENGTA_SECONDS ?? 60)
const RATE = Number(process.env.DENGTA_RATE ?? 81_018)
const WARM_UP_SECONDS = 20
const FILE = 'events/windows-03.ndjson.br'

type HostStatus = PipelineStatus & { readonly rss: number; readonly cpu: { user: number; system: number } }
/** What a sender did: `behindMs` is how far it fell behind its schedule at most. */
export interface Sent {
  readonly sent: number
  readonly tookMs: number
  readonly behindMs: number
  readonly cpuSeconds: number
}
interface Ready {
  readonly ready: { readonly pid: number; readonly tcp: number }
}

/** Real Windows events over TCP at a chosen rate, every SigmaHQ rule, alerts to files: rate, loss, delay, memory, CPU by part. */
export const endToEnd: Benchmark = async (emit) => {
  if (!hasThreatData) {
    process.stderr.write('SKIPPED: set DENGTA_DATA to the folder that holds threat/\n')
    return
  }
  const folder = await mkdtemp(join(tmpdir(), 'dengta-flow-'))
  const rules = { path: RULE_ARCHIVE, under: ORACLE_FOLDERS, placeholders: ORACLE_PLACEHOLDERS }
  const config = { folder, alerts: join(folder, 'alerts'), rules, tcp: { port: 0 } }
  const host = jsonChild('threat-pipeline', config)
  try {
    const { ready } = await host.next<Ready>()
    await flow(host, ready, { stream: 'warm-up', seconds: WARM_UP_SECONDS, rate: RATE / 2 })
    host.order({ forgetLatency: true })
    emitFlow(await flow(host, ready, { stream: 'measured', seconds: SECONDS, rate: RATE }), emit)
  } finally {
    host.process.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
}

/** Events of one stream, at a rate a second. */
export interface Load {
  readonly stream: string
  readonly seconds: number
  readonly rate: number
  readonly clock?: { readonly fromMs: number; readonly pace: number }
}

interface Flow {
  readonly sent: Sent
  readonly before: HostStatus
  readonly after: HostStatus
  readonly memory: readonly number[]
  readonly diskMiB: number
  /** CPU seconds of the main thread, of each detector, and of the rest. */
  readonly main: number
  readonly detectors: readonly number[]
  readonly others: number
}

async function flow(host: JsonChild, { pid, tcp }: Ready['ready'], load: Load): Promise<Flow> {
  const sender = jsonChild('event-sender', { port: tcp, file: FILE, ...load })
  await sender.next()
  const before = await statusOf(host)
  const threads = threadSeconds(pid)
  sender.order('go')
  const memory: number[] = []
  let disk = 0
  let sent: Sent | undefined
  const done = sender.next<Sent>().then((value) => {
    sent = value
  })
  while (!sent) {
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 1000))])
    const status = await statusOf(host)
    memory.push(status.rss / 2 ** 20)
    disk = Math.max(disk, status.journal.bytes / 2 ** 20)
    const { totals, lagMs, latency } = status
    process.stderr.write(`\r${load.stream}: ${totals.accepted} in, lag ${lagMs} ms, p99 ${latency.p99.toFixed(0)} ms  `)
  }
  const after = await settled(host, before.totals.accepted + sent.sent)
  process.stderr.write('\n')
  return { sent, before, after, memory, diskMiB: disk, ...spent(threads, threadSeconds(pid), pid) }
}

const SETTLE_MS = 60_000

/** When all lines were looked at, or after a minute: what is missing then is in the figures. */
async function settled(host: JsonChild, lines: number): Promise<HostStatus> {
  const until = Date.now() + SETTLE_MS
  for (;;) {
    const status = await statusOf(host)
    if (status.totals.evaluated + status.totals.unreadable >= lines || Date.now() > until) return status
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function statusOf(host: JsonChild): Promise<HostStatus> {
  host.order({ status: true })
  return (await host.next<{ status: HostStatus }>()).status
}

function spent(
  from: ReadonlyMap<number, number>,
  to: ReadonlyMap<number, number>,
  pid: number,
): Pick<Flow, 'main' | 'detectors' | 'others'> {
  const used = [...to].map(([id, seconds]) => ({ id, seconds: seconds - (from.get(id) ?? 0) }))
  const rest = used.filter(({ id }) => id !== pid).sort((a, b) => b.seconds - a.seconds)
  return {
    main: used.find(({ id }) => id === pid)?.seconds ?? 0,
    detectors: rest.slice(0, 2).map(({ seconds }) => seconds),
    others: rest.slice(2).reduce((sum, { seconds }) => sum + seconds, 0),
  }
}

function emitFlow(found: Flow, emit: Parameters<Benchmark>[0]): void {
  const { sent, before, after, memory } = found
  const evaluated = after.totals.evaluated - before.totals.evaluated
  const rate = sent.sent / (sent.tookMs / 1000)
  const bytes = (after.totals.bytes - before.totals.bytes) / sent.sent
  const context = `${SECONDS} s, ${Math.round(bytes)} bytes an event, ${after.rules.rules} rules, sender ${sent.cpuSeconds.toFixed(0)} CPU-s beside on the same cores`
  emit(
    figure('end to end: sustained rate', rate, 'events/s', {
      goal: { is: '>=', than: RATE * 0.999 },
      yardstick: context,
    }),
  )
  emit(
    figure('end to end: acknowledged events not evaluated', sent.sent - evaluated, 'events', {
      goal: { is: '=', than: 0 },
      yardstick: `${sent.sent} acknowledged, ${after.totals.alerts - before.totals.alerts} alerts stored`,
    }),
  )
  emit(
    figure('end to end: receipt to stored alert, p99', after.latency.p99 / 1000, 's', {
      goal: { is: '<=', than: 1 },
      yardstick: `p50 ${after.latency.p50.toFixed(0)} ms, max ${after.latency.max.toFixed(0)} ms; sender at most ${sent.behindMs.toFixed(0)} ms behind its schedule`,
    }),
  )
  const third = memory.slice(0, Math.ceil(memory.length / 3))
  emit(
    figure(
      'end to end: memory, last third over first third',
      mean(memory.slice(-third.length)) / mean(third),
      'ratio',
      {
        goal: { is: '<=', than: 1.1 },
        yardstick: `${Math.round(mean(third))} MiB at first, ${Math.round(Math.max(...memory))} MiB at most; journal at most ${Math.round(found.diskMiB)} MiB on disk`,
      },
    ),
  )
  for (const [part, seconds] of parts(found))
    emit(
      figure(`end to end: ${part}`, (seconds / sent.sent) * 1e6, 'CPU-s per million events', {
        yardstick: 'from the threads of the process',
      }),
    )
}

const parts = ({ main, detectors, others }: Flow): [string, number][] => [
  ['receive, journal, order, store (main thread)', main],
  ['detect (two threads)', detectors.reduce((sum, each) => sum + each, 0)],
  ['disk and housekeeping (other threads)', others],
]

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length
