import type { IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { isStreamName, STREAM_RULE } from './hello.ts'
import { ingestErrors } from './ingest-errors.ts'
import { type AssembledLines, LineAssembler } from './line-assembler.ts'
import { LineSkipper } from './line-skipper.ts'
import type { Intake, IntakeStream } from './source.ts'

const DURABLE_MS = 30_000
const NO_POSITION = {
  why: 'the header dengta-position must be a whole number, 0 or more',
  whyZh: '请求头 dengta-position 须为不小于 0 的整数',
}

export interface HttpBodyOptions {
  readonly intake: Intake
  /** Name of the stream where the request names none. */
  readonly id: string
  readonly maxBodyBytes: number
  readonly maxLineBytes: number
  readonly onFault: (name: string) => void
}

/** `accepted` counts lines new to the stream, `position` all of it; `notice` stands where lines were passed over. */
export interface HttpAnswer {
  readonly accepted: number
  readonly position?: number
  readonly notice?: { readonly code: string; readonly en: string; readonly zh: string; readonly lines: number }
}

interface Sending {
  readonly stream: string | undefined
  /** Lines of the stream in front of the body. */
  readonly from: number
}

/** Takes the lines of a request in; resolves when they are durable. */
export async function readHttpBody(request: IncomingMessage, options: HttpBodyOptions): Promise<HttpAnswer> {
  const { stream, from } = sendingOf(request, options)
  const { intake } = options
  let room: () => void = () => undefined
  const onRoom = (): void => room()
  const lane = await intake.open({ name: stream ?? options.id, resumable: stream !== undefined, onRoom })
  try {
    const before = lane.accepted
    const have = before.position
    if (stream !== undefined && from > have) throw ingestErrors.gap({ stream, have, sent: from })
    const skipper = new LineSkipper(stream === undefined ? 0 : have - from)
    const waitForRoom = (): Promise<void> => new Promise((resolve) => (room = resolve))
    let tooLong = 0
    for await (const found of linesOf(request, options)) {
      tooLong += found.tooLong
      if (!push(lane, skipper.take(found))) await waitForRoom()
    }
    await durable(lane)
    const accepted = lane.accepted.lines - before.lines
    const notice = tooLong > 0 ? { notice: noticeOf(tooLong, options.maxLineBytes) } : {}
    return { accepted, ...(stream === undefined ? {} : { position: lane.durable.position }), ...notice }
  } finally {
    lane.close()
  }
}

function sendingOf({ headers }: IncomingMessage, { maxBodyBytes }: HttpBodyOptions): Sending {
  if (Number(headers['content-length'] ?? 0) > maxBodyBytes) throw ingestErrors.body_too_large({ limit: maxBodyBytes })
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') throw ingestErrors.body_encoded({ encoding: encoding.slice(0, 40) })
  const stream = headers['dengta-stream']
  if (stream === undefined) return { stream, from: 0 }
  const position = String(headers['dengta-position'])
  const from = /^\d+$/.test(position) ? Number(position) : Number.NaN
  if (!isStreamName(stream)) throw ingestErrors.bad_hello(STREAM_RULE)
  if (!Number.isSafeInteger(from)) throw ingestErrors.bad_hello(NO_POSITION)
  return { stream, from }
}

async function* linesOf(
  request: IncomingMessage,
  { maxBodyBytes, maxLineBytes, onFault }: HttpBodyOptions,
): AsyncGenerator<AssembledLines> {
  const lines = new LineAssembler(maxLineBytes)
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) throw ingestErrors.body_too_large({ limit: maxBodyBytes })
    const found = lines.push(chunk)
    if (found.tooLong > 0) onFault('too_long')
    if (found.lines > 0) yield found
  }
  const last = lines.end()
  if (last.tooLong > 0) onFault('too_long')
  if (last.lines > 0) yield last
}

function noticeOf(lines: number, limit: number): HttpAnswer['notice'] & object {
  const { code, text } = ingestErrors.line_too_long({ limit })
  return { code, ...text, lines }
}

function push(lane: IntakeStream, { pieces, lines }: AssembledLines): boolean {
  return lines === 0 || lane.push({ pieces, lines, position: lane.accepted.position + lines })
}

async function durable(lane: IntakeStream): Promise<void> {
  const stop = new AbortController()
  const late = delay(DURABLE_MS, true, { signal: stop.signal, ref: false }).catch(() => false)
  const isLate = await Promise.race([lane.settled().then(() => false), late])
  stop.abort()
  if (isLate)
    throw ingestErrors.not_durable({
      why: { en: `not on the disk after ${DURABLE_MS / 1000} s`, zh: `${DURABLE_MS / 1000} 秒后仍未落盘` },
    })
}
