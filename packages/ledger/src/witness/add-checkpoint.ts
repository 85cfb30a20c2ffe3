import { base64, fromBase64 } from '@dengta/kernel'

/** The body of `POST /add-checkpoint`, C2SP tlog-witness. */
export interface AddCheckpoint {
  readonly oldSize: number
  /** RFC 6962 §2.1.2, from `oldSize` to the size of the checkpoint. */
  readonly proof: readonly Uint8Array[]
  /** The signed note. */
  readonly checkpoint: string
}

const OLD_LINE = /^old (0|[1-9][0-9]{0,15})$/
const MAX_PROOF_LINES = 63

export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return `old ${oldSize}\n${proof.map((hash) => `${base64(hash)}\n`).join('')}\n${checkpoint}`
}

/** Undefined for anything outside the format. */
export function parseAddCheckpoint(body: string): AddCheckpoint | undefined {
  const gap = body.indexOf('\n\n')
  const [first, ...lines] = body.slice(0, Math.max(gap, 0)).split('\n')
  const oldSize = Number(OLD_LINE.exec(first ?? '')?.[1] ?? Number.NaN)
  const proof = lines.map(parseHash).filter((hash) => hash !== undefined)
  if (!Number.isSafeInteger(oldSize) || proof.length !== lines.length || proof.length > MAX_PROOF_LINES)
    return undefined
  return { oldSize, proof, checkpoint: body.slice(gap + 2) }
}

function parseHash(line: string): Uint8Array | undefined {
  try {
    const hash = fromBase64(line)
    return hash.length === 32 ? hash : undefined
  } catch {
    return undefined
  }
}
