import { crc32 } from 'node:zlib'
import type { Observation } from '../observation.ts'
import type { PipelineAlert } from '../pipeline-alert.ts'
import type { StageFinding } from '../stage/stage.ts'
import { Turns } from '../turns.ts'
import type { SinkStep } from './alert-sink.ts'

const LINE_END = 10
const TEXT_CHARACTERS = 65_536
const COMMIT = Buffer.from('{"commit":')

interface Sealed {
  readonly position: number
  /** Position of the step before this one: a hole between two blocks shows. */
  readonly after: number
  readonly timeMs: number
}

interface Commit extends Sealed {
  /** CRC-32 of the lines of the block in front of this one, and of what is sealed here. */
  readonly crc: number
}

/** A block as it stands in its file. */
export interface FoundBlock extends Sealed {
  readonly lines: Buffer
  /** Offset behind the block. */
  readonly end: number
}

/** NDJSON: one line an alert, finding or observation, and one that seals them. Written in turns, so that others go on meanwhile. */
export async function blockOf({ position, timeMs, ...found }: SinkStep, after: number): Promise<Buffer[]> {
  const pieces: Buffer[] = []
  const turns = new Turns()
  let crc = 0
  for (const text of textsOf(found)) {
    const lines = Buffer.from(text)
    crc = crc32(lines, crc)
    pieces.push(lines)
    if (turns.areOver) await turns.next()
  }
  const sealed: Sealed = { position, after, timeMs }
  const commit: Commit = { ...sealed, crc: crcOf(sealed, crc) }
  return [...pieces, Buffer.from(`${JSON.stringify({ commit })}\n`)]
}

const crcOf = ({ position, after, timeMs }: Sealed, crc: number): number =>
  crc32(JSON.stringify([position, after, timeMs]), crc)

type Found = Pick<SinkStep, 'alerts' | 'findings' | 'observations'>

/** The lines, some dozens a text. */
function* textsOf(found: Found): Generator<string> {
  let text = ''
  for (const entry of entriesOf(found)) {
    text += `${JSON.stringify(entry)}\n`
    if (text.length < TEXT_CHARACTERS) continue
    yield text
    text = ''
  }
  yield text
}

function* entriesOf({ alerts, findings, observations = [] }: Found): Generator<object> {
  for (const alert of alerts) yield { alert }
  for (const finding of findings) yield { finding }
  for (const observation of observations) yield { observation }
}

/** The sealed blocks from the start of the bytes; ends at the first that is torn or broken. */
export function* blocksOf(bytes: Buffer): Generator<FoundBlock> {
  let from = 0
  let line = 0
  for (let to = bytes.indexOf(LINE_END); to >= 0; line = to + 1, to = bytes.indexOf(LINE_END, line)) {
    if (!isCommit(bytes, line)) continue
    const lines = bytes.subarray(from, line)
    const commit = readCommit(bytes.toString('utf8', line, to))
    if (!commit || commit.crc !== crcOf(commit, crc32(lines))) return
    from = to + 1
    const { position, after, timeMs } = commit
    yield { position, after, timeMs, lines, end: from }
  }
}

/**
 * True if a sealing line in the bytes names a step behind this position as the one before its own: that one was on the disk,
 * so what is broken here is no torn tail. The seal of a torn block alone may have reached the disk before its lines.
 */
export function isSealedBehind(bytes: Buffer, position: number): boolean {
  for (let line = 0, to = bytes.indexOf(LINE_END); to >= 0; line = to + 1, to = bytes.indexOf(LINE_END, line)) {
    const after = isCommit(bytes, line) ? readCommit(bytes.toString('utf8', line, to))?.after : undefined
    if (after !== undefined && after > position) return true
  }
  return false
}

export function stepOf({ position, timeMs, lines }: FoundBlock): SinkStep {
  const alerts: PipelineAlert[] = []
  const findings: StageFinding[] = []
  const observations: Observation[] = []
  for (const text of lines.toString('utf8').split('\n')) {
    if (text === '') continue
    const entry = JSON.parse(text) as { alert?: PipelineAlert; finding?: StageFinding; observation?: Observation }
    if (entry.alert) alerts.push(entry.alert)
    if (entry.finding) findings.push(entry.finding)
    if (entry.observation) observations.push(entry.observation)
  }
  return { position, timeMs, alerts, findings, ...(observations.length > 0 && { observations }) }
}

const isCommit = (bytes: Buffer, line: number): boolean =>
  bytes.compare(COMMIT, 0, COMMIT.length, line, Math.min(bytes.length, line + COMMIT.length)) === 0

function readCommit(text: string): Commit | undefined {
  try {
    return (JSON.parse(text) as { commit: Commit }).commit
  } catch {
    return undefined
  }
}
