import { concatBytes } from '@dengta/kernel'
import { submissionErrors } from './submission-errors.ts'

/** Reads a whole stream into memory; throws `submission.too_large` as soon as it passes `limit` bytes. */
export async function readLimited(source: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of source) {
    bytes += part.length
    if (bytes > limit) throw submissionErrors.too_large({ limit })
    parts.push(part)
  }
  return concatBytes(...parts)
}
