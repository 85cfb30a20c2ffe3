import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompress, brotliDecompressSync } from 'node:zlib'
import { atOnce } from '../../group/in-steps.ts'
import { inTurns } from '../../pipeline/turns.ts'
import type { LabelledAlert } from './labelled-stream.ts'
import { risingOrder } from './rising-order.ts'

const FILE = /^ait-ads-([a-z0-9]+)\.csv\.br$/
const [LINE_END, COMMA] = [0x0a, 0x2c]
/** Bytes unpacked at once; each is a turn of this thread. */
const CHUNK = 1 << 20
/** Lines looked at in one step, a part of a millisecond. */
const STEP = 1024

/** The networks of AIT-ADS in a folder, by name; none where the folder is absent. */
export function aitNetworks(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => FILE.exec(name)?.[1] ?? [])
    .sort()
}

/** The alerts of a network by event time, for a thread that nobody else waits for. */
export function aitAlerts(folder: string, network: string): Iterable<LabelledAlert> {
  const bytes = brotliDecompressSync(readFileSync(fileOf(folder, network)))
  return alertsIn(bytes, atOnce(linesByTime(bytes)), network)
}

/** The same, opened in turns: a large network takes most of a second. */
export async function openAitAlerts(folder: string, network: string): Promise<Iterable<LabelledAlert>> {
  const bytes = await promisify(brotliDecompress)(await readFile(fileOf(folder, network)), { chunkSize: CHUNK })
  return alertsIn(bytes, await inTurns(linesByTime(bytes)), network)
}

const fileOf = (folder: string, network: string): string => join(folder, `ait-ads-${network}.csv.br`)

interface Lines {
  /** Where each line of the file starts, its head first, and where the last one ends. */
  readonly starts: Uint32Array
  /** Places of the lines behind the head, by their times. */
  readonly order: Uint32Array
}

/** A file has its alerts one detector after the other, each by time. */
function* linesByTime(bytes: Buffer): Generator<void, Lines> {
  const starts = yield* lineStarts(bytes)
  const times = new Float64Array(Math.max(0, starts.length - 2))
  for (let at = 0; at < times.length; at += 1) {
    const start = starts[at + 1]!
    times[at] = Number(bytes.toString('latin1', start, bytes.indexOf(COMMA, start)))
    if (at % STEP === 0) yield
  }
  return { starts, order: yield* risingOrder(times) }
}

function* lineStarts(bytes: Buffer): Generator<void, Uint32Array> {
  const starts: number[] = []
  for (let at = 0; at < bytes.length; ) {
    starts.push(at)
    const end = bytes.indexOf(LINE_END, at)
    at = end < 0 ? bytes.length : end + 1
    if (starts.length % STEP === 0) yield
  }
  starts.push(bytes.length)
  return Uint32Array.from(starts)
}

function* alertsIn(bytes: Buffer, { starts, order }: Lines, network: string): Generator<LabelledAlert> {
  for (const place of order) {
    const line = bytes.toString('latin1', starts[place + 1], starts[place + 2])
    yield labelledAlert(line.trimEnd(), `${network}:${place + 2}`)
  }
}

/** Columns time, name, ip, host, short, time_label, event_label. */
function labelledAlert(line: string, id: string): LabelledAlert {
  const [time = '', signature = '', address = '', host = '', , window = '', step = ''] = line.split(',')
  const alert = {
    ...{ id, time: Number(time) * 1000, signature, level: '', host, techniques: [] },
    addresses: address === '' ? [] : [address],
    detector: signature.slice(0, signature.indexOf(':')),
  }
  return { alert, step, outside: window === 'false_positive' }
}
