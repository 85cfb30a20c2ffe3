import { type Caller, fromUtf8, type Role } from '@dengta/kernel'
import { z } from 'zod'
import { threatErrors } from '../threat-errors.ts'

/** Who may act, and who may look. An analyst is an operator. */
export const ACT: readonly Role[] = ['operator']
export const LOOK: readonly Role[] = ['operator', 'owner', 'auditor']

export const byId = z.object({ id: z.string() })
export const nothing = z.object({})

/** Permission was checked before: a route that allows roles has a caller. */
export function signedIn(caller: Caller | undefined): Caller {
  if (!caller) throw new TypeError('this route allows nobody without a token')
  return caller
}

/** A body that is text, e.g. a playbook; its size is limited by the route. Throws `threat.not_text`. */
export async function bodyText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of body) pieces.push(piece)
  try {
    return fromUtf8(Buffer.concat(pieces))
  } catch (cause) {
    throw threatErrors.not_text({}, cause)
  }
}
