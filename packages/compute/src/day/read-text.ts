import { concatBytes } from '@dengta/kernel'
import { dayErrors as errors } from './day-errors.ts'

/** A whole body as text; throws `day.not_text` where it is not UTF-8. */
export async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(concatBytes(...parts))
  } catch (cause) {
    throw errors.not_text({}, cause)
  }
}
