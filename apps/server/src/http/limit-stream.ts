import type { AppError } from '@dengta/kernel'
import { httpErrors } from './http-errors.ts'

const DEFAULT_LIMIT = 64 * 1024 * 1024

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
  for await (const chunk of source) {
    seen += chunk.length
    if (seen > limit) throw tooLarge(limit)
    yield chunk
  }
}

function tooLarge(limit: number): AppError {
  return httpErrors.body_too_large({ limit })
}
