import { mkdir, mkdtemp, open, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PipelineStatus } from '@dengta/threat'
import { ATTACKS, FLOODS } from '../../packs/threat/src/ingest/attacks.fixture.ts'
import { firingLine, ruleFolder } from '../../packs/threat/src/pipeline/events.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'
import { CUT_LOGS, CUTS, namedCuts } from './cut-logs.ts'
import { emitReloads } from './hostile-reload.ts'
import { type JsonChild, jsonChild } from './json-child.ts'

const PROBE_MS = 20
/** So long is waited for an acknowledgement at most, milliseconds. */
const STUCK_MS = 30_000
/** A part of the names of the attacks to run; all where it is left out. */
const ONLY = process.env.DENGTA_ATTACK ?? ''
const RELOADS = 'reloads of rules'
const CROWD = '10,000 connections at once'
/** Fires a rule of SigmaHQ. */
const MIMIKATZ = '"CommandLine":"sekurlsa::logonpasswords"'

/** An honest sender: one line every 20 ms, and how long each waits for its acknowledgement. */
class Probe {
  readonly #socket: Socket
  readonly #waits: number[] = []
  #sentAt: number | undefined
  #timer: NodeJS.Timeout | undefined
  #sent = 0

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1' }).setNoDelay(true)
    createInterface({ input: this.#socket }).on('line', (line) =>
      this.#acked((JSON.parse(line) as { acked: number }).acked),
    )
    this.#socket.write('{"dengta":1,"stream":"probe"}\n')
  }

  /** Waits since the last call, milliseconds, that of the line in course included: of one that is stuck, so far. */
  async take(): Promise<number[]> {
    const isWaiting = (): boolean => this.#sentAt !== undefined && performance.now() - this.#sentAt < STUCK_MS
    while (isWaiting()) await sleep(1)
    const stuck = this.#sentAt === undefined ? [] : [performance.now() - this.#sentAt]
    return [...this.#waits.splice(0), ...stuck]
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#socket.destroy()
  }

  #acked(lines: number): void {
    if (lines < this.#sent) return
    if (this.#sentAt !== undefined) this.#waits.push(performance.now() - this.#sentAt)
    this.#sentAt = undefined
    this.#timer = setTimeout(() => this.#send(), PROBE_MS)
  }

  #send(): void {
    this.#sent += 1
    this.#sentAt = performance.now()
    this.#socket.write(firingLine(this.#sent).replace('"number"', `${MIMIKATZ},"number"`))
  }
}

/** What the disk alone does meanwhile: one small fdatasync every 20 ms, and the longest of them, milliseconds. */
class DiskProbe {
  #longest = 0
  #open = true
  readonly #run: Promise<void>

  constructor(folder: string) {
    this.#run = this.#sync(join(folder, 'probe'))
  }

  take(): number {
    const longest = this.#longest
    this.#longest = 0
    return longest
  }

  async stop(): Promise<void> {
    this.#open = false
    await this.#run
  }

  async #sync(path: string): Promise<void> {
    const file = await open(path, 'w')
    for (let at = 0; this.#open; at += 1) {
      const began = performance.now()
      await file.write(Buffer.alloc(512), 0, 512, at * 512)
      await file.datasync()
      this.#longest = Math.max(this.#longest, performance.now() - began)
      await sleep(PROBE_MS)
    }
    await file.close()
  }
}

/** Every attack against a listener, with an honest sender beside it: how long that one waits, and what was counted. */
export const hostile: Benchmark = async (emit) => {
  const folder = await mkdtemp(join(tmpdir(), 'dengta-hostile-'))
  const dropped = join(folder, 'dropped')
  await mkdir(dropped)
  const files = { path: dropped, followMs: 200 }
  const config = {
    folder,
    alerts: join(folder, 'alerts'),
    rules: { path: ruleFolder(folder) },
    tcp: { port: 0 },
    files,
  }
  const host = jsonChild('threat-pipeline', config)
  try {
    const { ready } = await host.next<{ ready: { tcp: number } }>()
    const probe = new Probe(ready.tcp)
    const disk = new DiskProbe(folder)
    await sleep(3000)
    const quiet = Math.max(...(await probe.take()))
    const attacks = [...Object.keys(ATTACKS), CROWD, ...Object.keys(FLOODS), CUT_LOGS]
    for (const attack of attacks.filter((name) => name.includes(ONLY)))
      await underAttack(attack, { host, port: ready.tcp, dropped, probe, disk, quiet, emit })
    if (RELOADS.includes(ONLY)) await emitReloads({ folder, host, emit, takeWaits: () => probe.take() })
    probe.stop()
    await disk.stop()
    await emitCounts(host, emit)
    if (CUT_LOGS.includes(ONLY)) await emitCuts(host, emit)
  } finally {
    host.process.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
}

interface Situation {
  readonly host: JsonChild
  readonly port: number
  /** Folder that is watched for event files. */
  readonly dropped: string
  readonly probe: Probe
  readonly disk: DiskProbe
  readonly quiet: number
  readonly emit: Parameters<Benchmark>[0]
}

async function underAttack(
  attack: string,
  { host, port, dropped, probe, disk, quiet, emit }: Situation,
): Promise<void> {
  await probe.take()
  disk.take()
  await jsonChild('hostile-sender', { port, dropped, attack }).next()
  if (attack === CUT_LOGS) await allCutsRead(host)
  await sleep(200)
  const waits = (await probe.take()).sort((a, b) => a - b)
  const middle = waits[Math.floor(waits.length / 2)] ?? 0
  emit(
    figure(`longest wait of an honest sender beside: ${attack}`, Math.max(...waits), 'ms', {
      goal: { is: '<=', than: 100 },
      yardstick: `median ${middle.toFixed(1)} ms of ${waits.length} lines; at most ${quiet.toFixed(0)} ms before any attack; longest fdatasync of the disk alone ${disk.take().toFixed(0)} ms`,
    }),
  )
}

/** Each must be named once by what is wrong with it. */
async function emitCuts(host: JsonChild, emit: Parameters<Benchmark>[0]): Promise<void> {
  const status = await statusOf(host)
  const { faults } = status.sources.find(({ kind }) => kind === 'files') ?? {}
  const found = { goal: { is: '=', than: 0 }, yardstick: `${CUTS} files; ${JSON.stringify(faults)}` } as const
  emit(figure('cut event logs without their own fault', Math.abs(CUTS - namedCuts(status)), 'files', found))
}

/** Or a minute is over. */
async function allCutsRead(host: JsonChild): Promise<void> {
  for (let looks = 0; looks < 600 && namedCuts(await statusOf(host)) < CUTS; looks += 1) await sleep(100)
}

async function statusOf(host: JsonChild): Promise<PipelineStatus & { readonly rss: number }> {
  host.order({ status: true })
  return (await host.next<{ status: PipelineStatus & { readonly rss: number } }>()).status
}

async function emitCounts(host: JsonChild, emit: Parameters<Benchmark>[0]): Promise<void> {
  const status = await statusOf(host)
  const counted = JSON.stringify(status.sources[0]?.faults)
  const { unevaluated } = status.totals
  emit(
    figure('lines not evaluated after all attacks', unevaluated, 'lines', {
      goal: { is: '=', than: 0 },
      yardstick: counted,
    }),
  )
}
