import { type EvtxFault, readEvtx } from './read-evtx.ts'

export interface ReadResult {
  readonly events: readonly Record<string, unknown>[]
  readonly faults: readonly EvtxFault[]
}

/** Reads a whole file that comes in pieces of some size. */
export async function readAll(file: Uint8Array, pieceBytes: number = file.length || 1): Promise<ReadResult> {
  const faults: EvtxFault[] = []
  const events: Record<string, unknown>[] = []
  for await (const lines of readEvtx(pieces(file, pieceBytes), {
    file: 'a.evtx',
    onFault: (name) => faults.push(name),
  }))
    for (const line of lines.toString().trimEnd().split('\n')) events.push(JSON.parse(line) as Record<string, unknown>)
  return { events, faults }
}

async function* pieces(file: Uint8Array, bytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += bytes) yield file.subarray(at, at + bytes)
}
