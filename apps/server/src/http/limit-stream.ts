import type { AppError } from '@dengta/kernel'
import { httpErrors } from './http-errors.ts'

const DEFAULT_LIMIT = 64 * 1024 * 1024
const SILENCE_MS = 30_000

/** Refuses by the announced length at once, else by counting what really comes. */
export function limitStream(
  source: AsyncIterable<Uint8Array>,
  announced: string | undefined,
  limit = DEFAULT_LIMIT,
): AsyncIterable<Uint8Array> {
  if (announced !== undefined && Number(announced) > limit) throw tooLarge(limit)
  return countBytes(source, limit)
}

async function* countBytes(source: AsyncIterable<Uint8Array>, limit: number): AsyncIterable<Uint8Array> {
  let seen = 0
  for await (const chunk of whileSomethingComes(source)) {
    seen += chunk.length
    if (seen > limit) throw tooLarge(limit)
    yield chunk
  }
}

/** An upload that says nothing for a while is given up, so that nobody holds a place by silence. */
async function* whileSomethingComes(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const pieces = source[Symbol.asyncIterator]()
  for (;;) {
    let timer: NodeJS.Timeout | undefined
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(httpErrors.upload_stalled({ seconds: SILENCE_MS / 1000 })), SILENCE_MS)
    })
    const next = await Promise.race([pieces.next(), silence]).finally(() => clearTimeout(timer))
    if (next.done) return
    yield next.value
  }
}

function tooLarge(limit: number): AppError {
  return httpErrors.body_too_large({ limit })
}
