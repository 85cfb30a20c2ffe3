import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { readBrotli } from '../../packs/threat/src/threat-data.fixture.ts'
import { MovingEvents } from './moving-events.ts'

/** The first argument, as JSON. */
interface SenderConfig {
  readonly port: number
  readonly stream: string
  readonly file: string
  /** Events a second; as fast as they are taken where it is 0. */
  readonly rate: number
  readonly seconds: number
  /** Time of the first event, ms, and how fast time passes for those behind it. */
  readonly clock?: { readonly fromMs: number; readonly pace: number }
}

const TICK_MS = 10
const ROUNDS_OF_A_GENERATION = 5
const { port, stream, file, rate, seconds, clock } = JSON.parse(process.argv[2] ?? '{}') as SenderConfig

/** Offset behind every line. */
function lineEnds(bytes: Buffer): Float64Array {
  const ends: number[] = []
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) ends.push(at + 1)
  return Float64Array.from(ends)
}

const bytes = readBrotli(file)
const ends = lineEnds(bytes)
const events = new MovingEvents(bytes)
const socket: Socket = connect({ port, host: '127.0.0.1' })
let acked = -1
let text = ''
socket.setEncoding('latin1').on('data', (chunk: string) => {
  text = (text + chunk).slice(-200)
  acked = Number(/"acked":(\d+)\}\n[^\n]*$/.exec(text)?.[1] ?? acked)
})
await once(socket, 'connect')
socket.write(`${JSON.stringify({ dengta: 1, stream })}\n`)
while (acked < 0) await new Promise((resolve) => setTimeout(resolve, 1))
process.stdout.write('{"ready":true}\n')
await once(process.stdin, 'data')

/** What the clock of the events shows by now; without one, they happen as they are sent. */
const clockMs = (): number => (clock ? clock.fromMs + (performance.now() - began) * clock.pace : Date.now())

/** Sends the next lines of the file, looped, new computers after some rounds; waits where the receiver does not take them. */
async function send(count: number, sent: number): Promise<void> {
  for (let left = count, line = sent % ends.length; left > 0; line = 0) {
    const upTo = Math.min(ends.length, line + left)
    const from = line === 0 ? 0 : (ends[line - 1] as number)
    const to = ends[upTo - 1] as number
    const round = Math.floor((sent + count - left) / ends.length)
    events.move(from, to, { ms: clockMs(), generation: Math.floor(round / ROUNDS_OF_A_GENERATION) })
    if (!socket.write(bytes.subarray(from, to))) await once(socket, 'drain')
    left -= upTo - line
  }
}

const began = performance.now()
let sent = 0
let behindMs = 0
for (let ms = 0; ms < seconds * 1000; ms = performance.now() - began) {
  const due = rate > 0 ? Math.floor((rate * ms) / 1000) : sent + 500
  const firstDueMs = (1000 * sent) / rate
  if (due > sent) await send(due - sent, sent)
  sent = Math.max(sent, due)
  if (rate > 0) {
    behindMs = Math.max(behindMs, performance.now() - began - firstDueMs)
    const wait = TICK_MS - ((performance.now() - began) % TICK_MS)
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}
const tookMs = performance.now() - began
while (acked < sent) await new Promise((resolve) => setTimeout(resolve, 5))
const { user, system } = process.cpuUsage()
process.stdout.write(`${JSON.stringify({ sent, acked, tookMs, behindMs, cpuSeconds: (user + system) / 1e6 })}\n`)
process.exit(0)
