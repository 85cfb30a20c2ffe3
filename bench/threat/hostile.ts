import { mkdtemp, open, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { PipelineStatus } from '@dengta/threat'
import { ATTACKS, FLOODS } from '../../packs/threat/src/ingest/attacks.fixture.ts'
import { firingLine, ruleFolder } from '../../packs/threat/src/pipeline/events.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'
import { emitReloads } from './hostile-reload.ts'
import { type JsonChild, jsonChild } from './json-child.ts'

const PROBE_MS = 20
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

  /** Waits since the last call, milliseconds. */
  take(): number[] {
    return this.#waits.splice(0)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#socket.destroy()
  }

  #acked(lines: number): void {
    if (lines < this.#sent) return
    if (this.#sentAt !== undefined) this.#waits.push(performance.now() - this.#sentAt)
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
      await new Promise((resolve) => setTimeout(resolve, PROBE_MS))
    }
    await file.close()
  }
}

/** Every attack against a listener, with an honest sender beside it: how long that one waits, and what was counted. */
export const hostile: Benchmark = async (emit) => {
  const folder = await mkdtemp(join(tmpdir(), 'dengta-hostile-'))
  const config = { folder, alerts: join(folder, 'alerts'), rules: { path: ruleFolder(folder) }, tcp: { port: 0 } }
  const host = jsonChild('threat-pipeline', config)
  try {
    const { ready } = await host.next<{ ready: { tcp: number } }>()
    const probe = new Probe(ready.tcp)
    const disk = new DiskProbe(folder)
    await new Promise((resolve) => setTimeout(resolve, 3000))
    const quiet = Math.max(...probe.take())
    const attacks = [...Object.keys(ATTACKS), CROWD, ...Object.keys(FLOODS)]
    for (const attack of attacks.filter((name) => name.includes(ONLY)))
      await underAttack(attack, { port: ready.tcp, probe, disk, quiet, emit })
    if (RELOADS.includes(ONLY)) await emitReloads({ folder, host, emit, takeWaits: () => probe.take() })
    probe.stop()
    await disk.stop()
    await emitCounts(host, emit)
  } finally {
    host.process.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
}

interface Situation {
  readonly port: number
  readonly probe: Probe
  readonly disk: DiskProbe
  readonly quiet: number
  readonly emit: Parameters<Benchmark>[0]
}

async function underAttack(attack: string, { port, probe, disk, quiet, emit }: Situation): Promise<void> {
  probe.take()
  disk.take()
  await jsonChild('hostile-sender', { port, attack }).next()
  await new Promise((resolve) => setTimeout(resolve, 200))
  const waits = probe.take().sort((a, b) => a - b)
  const middle = waits[Math.floor(waits.length / 2)] ?? 0
  emit(
    figure(`longest wait of an honest sender beside: ${attack}`, Math.max(...waits), 'ms', {
      goal: { is: '<=', than: 100 },
      yardstick: `median ${middle.toFixed(1)} ms of ${waits.length} lines; at most ${quiet.toFixed(0)} ms before any attack; longest fdatasync of the disk alone ${disk.take().toFixed(0)} ms`,
    }),
  )
}

async function emitCounts(host: JsonChild, emit: Parameters<Benchmark>[0]): Promise<void> {
  host.order({ status: true })
  const { status } = await host.next<{ status: PipelineStatus & { rss: number } }>()
  const counted = JSON.stringify(status.sources[0]?.faults)
  const { unevaluated } = status.totals
  emit(
    figure('lines not evaluated after all attacks', unevaluated, 'lines', {
      goal: { is: '=', than: 0 },
      yardstick: counted,
    }),
  )
}
