import type { FrozenState } from './stage.ts'

export interface FrozenStage {
  readonly name: string
  readonly work: FrozenState
}

/** Where the large part of a stage lies: offset and length in bytes. */
type Places = Readonly<Record<string, readonly [number, number]>>

const MARK = Buffer.from('DENGTA-STAGES-1\n')

/** Answers undefined where a stage could not be written, which is told to `onFault`. */
export type FrozenChain = Generator<void, readonly Uint8Array[] | undefined>

type OnFault = (stage: string, error: unknown) => void

/** Pieces: what `v8.serialize` wrote, the large parts, a table of these in JSON, its length, a mark. */
export function* writeStages(small: Uint8Array, large: readonly FrozenStage[], onFault: OnFault): FrozenChain {
  const pieces = [small]
  const places: Record<string, [number, number]> = {}
  let at = small.length
  for (const { name, work } of large) {
    const written = yield* attempt(name, work, onFault)
    if (!written) return undefined
    const length = written.reduce((sum, piece) => sum + piece.length, 0)
    places[name] = [at, length]
    for (const piece of written) pieces.push(piece)
    at += length
  }
  const table = Buffer.from(JSON.stringify(places))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(table.length)
  return [...pieces, table, length, MARK]
}

function* attempt(name: string, work: FrozenState, onFault: OnFault): FrozenChain {
  try {
    return yield* work
  } catch (error) {
    onFault(name, error)
    return undefined
  }
}

/** The large parts by stage; none in a state that was written before there were any. */
export function largeParts(state: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const bytes = Buffer.from(state.buffer, state.byteOffset, state.byteLength)
  const end = bytes.length - MARK.length - 4
  if (end < 0 || !bytes.subarray(end + 4).equals(MARK)) return new Map()
  const table = bytes.toString('utf8', end - bytes.readUInt32LE(end), end)
  const places = Object.entries(JSON.parse(table) as Places)
  return new Map(places.map(([name, [at, length]]) => [name, bytes.subarray(at, at + length)]))
}
