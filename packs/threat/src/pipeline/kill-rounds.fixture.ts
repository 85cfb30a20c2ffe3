import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { entryFile } from '@dengta/store'
import type { RuleSource } from './detector/detector-protocol.ts'
import { firingLine, quietLine, ruleFolder } from './events.fixture.ts'
import { FileAlertSink } from './sink/file-alert-sink.ts'

export interface KillOptions {
  readonly folder: string
  readonly rounds: number
  /** 0 to 1, decides when the kill comes. */
  readonly random: () => number
  readonly onRound?: (round: number) => void
  /** What is killed, and what it is sent; the pipeline alone where left out. */
  readonly load?: KillLoad
}

interface KillLoad {
  /** A program that is started like `threat-pipeline`. */
  readonly entry: string
  readonly rules: RuleSource
  /** Every third event fires. */
  readonly lineOf: (number: number) => string
}

export interface KillReport {
  readonly acknowledged: number
  /** Events acknowledged of the stream that came furthest. */
  readonly furthest: number
  readonly alerts: number
  /** Acknowledged events that fire and have no alert. */
  readonly missing: readonly string[]
  /** Events with more than one alert, and alerts whose line is not that of their event. */
  readonly twice: readonly string[]
}

const STREAMS = ['one', 'two', 'three']
const BURST = 200

/** A sender that goes on, after every break, from where it is told that its stream stands. */
class ResumingSender {
  readonly stream: string
  acked = 0
  readonly #lineOf: KillLoad['lineOf']
  #socket: Socket | undefined

  constructor(stream: string, lineOf: KillLoad['lineOf']) {
    this.stream = stream
    this.#lineOf = lineOf
  }

  connect(port: number): void {
    const socket = connect({ port, host: '127.0.0.1' }).on('error', () => undefined)
    this.#socket = socket
    let next = -1
    const pump = (): void => {
      while (!socket.destroyed) {
        let burst = ''
        for (const end = next + BURST; next < end; next += 1) burst += this.#lineOf(next)
        if (!socket.write(burst)) return
      }
    }
    const lines = createInterface({ input: socket }).on('error', () => undefined)
    lines.on('line', (line) => {
      this.acked = (JSON.parse(line) as { acked: number }).acked
      if (next >= 0) return
      next = this.acked
      pump()
    })
    socket.on('drain', pump)
    socket.write(`${JSON.stringify({ dengta: 1, stream: this.stream })}\n`)
  }

  disconnect(): void {
    this.#socket?.destroy()
  }
}

/** Starts a pipeline as a process, loads it, kills it with -9 at a random moment, over and over; then looks at every alert. */
export async function killRounds({ folder, rounds, random, onRound, ...options }: KillOptions): Promise<KillReport> {
  const { load = alone(folder) } = options
  const senders = STREAMS.map((stream) => new ResumingSender(stream, load.lineOf))
  for (let round = 1; round <= rounds; round += 1) {
    const { child, port } = await startHost(folder, load)
    for (const sender of senders) sender.connect(port)
    await new Promise((resolve) => setTimeout(resolve, 20 + random() * 400))
    child.kill('SIGKILL')
    await once(child, 'exit')
    for (const sender of senders) sender.disconnect()
    onRound?.(round)
  }
  const { child } = await startHost(folder, load)
  child.stdin?.end()
  await once(child, 'exit')
  return inspect(folder, senders)
}

const alone = (folder: string): KillLoad => ({
  entry: 'threat-pipeline',
  rules: { path: ruleFolder(folder) },
  lineOf: (number) => (number % 3 === 0 ? firingLine(number) : quietLine(number)),
})

async function startHost(folder: string, { entry, rules }: KillLoad): Promise<{ child: ChildProcess; port: number }> {
  const memory = { slabs: 32, slabBytes: 64 * 2 ** 10, largeBytes: 2 ** 20 }
  const options = { threads: 1, memory, segmentBytes: 2 ** 20, checkpointMs: 100 }
  const alerts = join(folder, 'alerts')
  const config = { folder, alerts, rules, tcp: { port: 0 }, options }
  const child = spawn(process.execPath, [entryFile(entry), JSON.stringify(config)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const { ready } = JSON.parse(line) as { ready: { tcp: number } }
    return { child, port: ready.tcp }
  }
  throw new Error('the pipeline ended before it was ready')
}

async function inspect(folder: string, senders: readonly ResumingSender[]): Promise<KillReport> {
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  const seen = new Set<string>()
  const twice: string[] = []
  for await (const { alerts } of sink.replay(0)) {
    for (const { file, line, event } of alerts) {
      const { number } = event as { number: number }
      const name = `${file} ${number}`
      if (seen.has(name) || line !== number + 1) twice.push(name)
      seen.add(name)
    }
  }
  await sink.close()
  const missing = senders.flatMap(({ stream, acked }) => wanted(stream, acked).filter((name) => !seen.has(name)))
  const acknowledged = senders.reduce((sum, { acked }) => sum + acked, 0)
  const furthest = Math.max(...senders.map(({ acked }) => acked))
  return { acknowledged, furthest, alerts: seen.size, missing, twice }
}

function wanted(stream: string, acked: number): string[] {
  return Array.from({ length: Math.ceil(acked / 3) }, (_, i) => `${stream} ${i * 3}`)
}
