import { AppError } from '@dengta/kernel'
import type { Answer, Prepared } from './adapter.ts'
import { adapterFor } from './plan-work.ts'
import type { ResponseParts } from './response-parts.ts'

/** A secret that cannot be read, or an adapter that is gone, is found before anything is sent. */
export async function sendOrSay(parts: ResponseParts, command: Prepared): Promise<Answer> {
  try {
    return await adapterFor(command.type, parts.adapters).send(command, parts.secrets)
  } catch (cause) {
    if (cause instanceof AppError) return { outcome: 'failed', detail: cause.message, text: cause.text, outputs: {} }
    throw cause
  }
}
