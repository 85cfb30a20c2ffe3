import { ingestErrors } from './ingest-errors.ts'

/** First line of a sender that wants more than to pour lines in. */
export interface Hello {
  readonly token?: string | undefined
  /** Name of a resumable stream: the answer tells how many of its lines are safe. */
  readonly stream?: string | undefined
  /** Asks for `{"acked":n}` lines. A resumable stream always gets them. */
  readonly ack?: boolean | undefined
}

const STREAM = /^[\x21-\x7e]{1,200}$/
/** What `isStreamName` wants, for errors. */
export const STREAM_RULE = {
  why: '"stream" must be 1 to 200 visible ASCII characters',
  whyZh: '“stream”须为 1 至 200 个可见 ASCII 字符',
}
const NAMES = new Set(['dengta', 'token', 'stream', 'ack'])

export const MAX_HELLO_BYTES = 4096
const START = Buffer.from('{"dengta":')

/** Whether the bytes begin a greeting; undefined while they are too few to tell. */
export function beginsHello(bytes: Uint8Array): boolean | undefined {
  const length = Math.min(bytes.length, START.length)
  if (START.compare(bytes, 0, length, 0, length) !== 0) return false
  return length === START.length ? true : undefined
}

/** Reads the greeting; throws `threat_ingest.bad_hello`. */
export function readHello(line: string): Hello {
  const hello = parse(line)
  const unknown = Object.keys(hello).find((name) => !NAMES.has(name))
  if (unknown !== undefined)
    throw ingestErrors.bad_hello({ why: `"${unknown}" is unknown`, whyZh: `“${unknown}”无法识别` })
  const { dengta, token, stream, ack } = hello
  if (dengta !== 1) throw ingestErrors.bad_hello({ why: '"dengta" must be 1', whyZh: '“dengta”必须为 1' })
  if (token !== undefined && typeof token !== 'string')
    throw ingestErrors.bad_hello({ why: '"token" must be text', whyZh: '“token”必须是文本' })
  if (stream !== undefined && !isStreamName(stream)) throw ingestErrors.bad_hello(STREAM_RULE)
  if (ack !== undefined && typeof ack !== 'boolean')
    throw ingestErrors.bad_hello({ why: '"ack" must be true or false', whyZh: '“ack”必须为 true 或 false' })
  return { token, stream, ack }
}

/** Names of streams that senders give. */
export function isStreamName(name: unknown): name is string {
  return typeof name === 'string' && STREAM.test(name)
}

function parse(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch (cause) {
    throw ingestErrors.bad_hello({ why: 'it is not JSON', whyZh: '不是 JSON' }, cause)
  }
}
