import { type LineBatch, splitLines } from '../../detect/split-lines.ts'
import { LogLines, type LogTextFault } from './log-lines.ts'

export type { LogTextFault } from './log-lines.ts'

export interface ReadLogTextOptions {
  readonly onFault: (fault: LogTextFault) => void
  /** The file goes on: what waits for more of its kind is not given out at its end. */
  readonly isGrowing?: boolean
  readonly now?: () => number
}

const SPACE = /^\s*$/

/**
 * A log file as JSON lines: as it is where its first line begins like a JSON object, else read as syslog and audit log.
 * Lines over 16 MiB are passed over, each as an empty line.
 */
export async function* readLogText(
  bytes: AsyncIterable<Uint8Array>,
  { onFault, isGrowing = false, now = Date.now }: ReadLogTextOptions,
): AsyncGenerator<Uint8Array> {
  const lines = new LogLines({ onFault, now })
  let isJson: boolean | undefined
  for await (const { bytes: whole, tooLong } of isGrowing ? wholeLines(bytes) : splitLines(bytes)) {
    isJson ??= beginsAsJson(whole)
    if (tooLong > 0) yield Buffer.from('\n')
    if (isJson) yield whole
    else yield* converted(whole, lines)
  }
  const rest = isGrowing ? '' : lines.end()
  if (rest !== '') yield Buffer.from(rest)
}

/** Without the last line, where it has no end yet: it comes as a batch of its own. */
async function* wholeLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LineBatch> {
  let lastByte = 10
  async function* watched(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      lastByte = chunk.at(-1) ?? lastByte
      yield chunk
    }
  }
  let held: LineBatch | undefined
  for await (const batch of splitLines(watched())) {
    if (held) yield held
    held = batch
  }
  if (held && lastByte === 10) yield held
}

function beginsAsJson(bytes: Uint8Array): boolean | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('utf8')
  return SPACE.test(start) ? undefined : start.trimStart().startsWith('{')
}

/** A megabyte of lines becomes a few pieces, not one string. */
function* converted(bytes: Uint8Array, lines: LogLines): Generator<Buffer> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let made = ''
  let to = text.indexOf(10)
  for (let from = 0; to >= 0; from = to + 1, to = text.indexOf(10, from)) {
    made += lines.push(text.toString('utf8', from, to))
    if (made.length > 2 ** 18) {
      yield Buffer.from(made)
      made = ''
    }
  }
  if (made !== '') yield Buffer.from(made)
}
