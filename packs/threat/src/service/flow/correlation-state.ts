import { ByteReader } from '../../correlate/byte-reader.ts'
import { ByteWriter } from '../../correlate/byte-writer.ts'
import type { EventEntities } from '../../pipeline/event-entities.ts'
import type { FrozenState } from '../../pipeline/stage/stage.ts'

/** Where an event stands that may complete a correlation later. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly sequence: number
  readonly receivedMs: number
  /** These two are absent where it was kept before there were any. */
  readonly eventMs?: number
  readonly entities?: EventEntities
}

export interface CorrelationState {
  /** What `Correlator.restore` takes. */
  readonly correlator: Uint8Array
  /** By number of the event. */
  readonly places: Map<number, Place>
}

/** Places written in one step. */
const STEP = 256

/** The correlator behind its length, then the places, each as JSON. */
export function* writeCorrelation(correlator: FrozenState, places: readonly (readonly [number, Place])[]): FrozenState {
  const pieces = yield* correlator
  const head = new ByteWriter()
  head.count(pieces.reduce((sum, piece) => sum + piece.length, 0))
  const tail = new ByteWriter()
  tail.count(places.length)
  for (const [at, place] of places.entries()) {
    tail.text(JSON.stringify(place))
    if (at % STEP === 0) yield
  }
  return [...head.pieces(), ...pieces, ...tail.pieces()]
}

/** Throws `threat_correlation.bad_snapshot` where the bytes end too early. */
export function readCorrelation(bytes: Uint8Array): CorrelationState {
  const from = new ByteReader(bytes)
  const correlator = from.block()
  const places = new Map<number, Place>()
  for (let left = from.count(); left > 0; left -= 1) {
    const [number, place] = JSON.parse(from.text()) as [number, Place]
    places.set(number, place)
  }
  return { correlator, places }
}
