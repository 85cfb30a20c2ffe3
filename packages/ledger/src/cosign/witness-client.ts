import type { NoteKey } from '@dengta/evidence'
import { type AddCheckpoint, formatAddCheckpoint } from '../witness/add-checkpoint.ts'

/** Where a witness is reached. `url` is its submission prefix (C2SP tlog-witness). */
export interface Witness extends NoteKey {
  readonly url: string
}

export type WitnessAnswer =
  | { readonly is: 'cosigned'; readonly lines: string }
  /** The witness saw another size last; ask again from there. */
  | { readonly is: 'elsewhere'; readonly size: number }
  | { readonly is: 'refused'; readonly status: number; readonly answer: string }

const TIMEOUT_MS = 5000
const MAX_ANSWER = 2000

/** Throws what `fetch` throws where the witness cannot be reached, and on its own failures (5xx). */
export async function askWitness(witness: Witness, request: AddCheckpoint): Promise<WitnessAnswer> {
  const response = await fetch(`${witness.url}/add-checkpoint`, {
    method: 'POST',
    body: formatAddCheckpoint(request),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  const body = await response.text()
  if (response.status === 200) return { is: 'cosigned', lines: body }
  if (response.status >= 500) throw new Error(`the witness ${witness.name} failed with status ${response.status}`)
  const size = sizeIn(response, body)
  if (size !== undefined && size !== request.oldSize) return { is: 'elsewhere', size }
  return { is: 'refused', status: response.status, answer: body.slice(0, MAX_ANSWER) }
}

function sizeIn(response: Response, body: string): number | undefined {
  const isSize = response.status === 409 && response.headers.get('content-type') === 'text/x.tlog.size'
  return isSize && /^\d{1,15}\n$/.test(body) ? Number(body) : undefined
}
