import { ingestErrors } from '../ingest/ingest-errors.ts'
import type { Intake, IntakeStream, LinePieces, StreamMark, StreamOptions } from '../ingest/source.ts'
import type { Batch, BatchPart } from './batch.ts'
import { DiskTurns } from './disk-turns.ts'
import { IntakeLane } from './intake-lane.ts'
import type { Slab, SlabPool } from './slab-pool.ts'

/** Linger of an unfilled batch, milliseconds: short beside the second that an alert may take. */
const LINGER_MS = 5
const MAX_RESUMABLE = 100_000

export interface BatchIntakeOptions {
  readonly pool: SlabPool
  /** Marks of the resumable streams as the journal knows them. */
  readonly marks: ReadonlyMap<string, StreamMark>
  readonly nextSequence: number
  readonly now: () => number
  /** Takes over a sealed batch; it comes back by `durable` and `release`. */
  readonly seal: (batch: Batch) => void
  readonly isHealthy: () => boolean
  readonly onFault: (stream: string, fault: string) => void
}

interface Waiting extends LinePieces {
  readonly lane: IntakeLane
  readonly bytes: number
}

/**
 * Gathers the lines of all streams into batches in shared memory. A stream may hold at most half of what is still free
 * (Choudhury and Hahne, dynamic queue thresholds, 1998), so one that floods cannot take the room of the others; nor,
 * by `DiskTurns`, the disk.
 */
export class BatchIntake implements Intake {
  readonly #options: BatchIntakeOptions
  readonly #marks: Map<string, StreamMark>
  readonly #lanes = new Map<string, IntakeLane>()
  readonly #backlog: Waiting[] = []
  readonly #waiting = new Set<IntakeLane>()
  readonly #turns = new DiskTurns()
  #slab: Slab | undefined
  #used = 0
  #lines = 0
  #parts: BatchPart[] = []
  #receivedMs = 0
  #sequence: number
  #waitingBytes = 0
  #timer: NodeJS.Timeout | undefined

  constructor(options: BatchIntakeOptions) {
    this.#options = options
    this.#marks = new Map(options.marks)
    this.#sequence = options.nextSequence
  }

  get healthy(): boolean {
    return this.#options.isHealthy()
  }

  get waitingBytes(): number {
    return this.#waitingBytes
  }

  async open(options: StreamOptions): Promise<IntakeStream> {
    const { name, resumable } = options
    await this.#lanes.get(name)?.leaving
    if (this.#lanes.has(name)) throw ingestErrors.stream_busy({ stream: name })
    if (resumable && !this.#marks.has(name) && this.#marks.size >= MAX_RESUMABLE)
      throw ingestErrors.too_many_streams({ limit: MAX_RESUMABLE })
    const lane = new IntakeLane(options, resumable ? this.#marks.get(name) : undefined, {
      push: (self, lines) => this.#push(self, lines),
      fault: (fault) => this.#options.onFault(name, fault),
      closed: (self) => this.#closed(self),
    })
    this.#lanes.set(name, lane)
    return lane
  }

  /** The lines of a batch are safe: their streams may say so. */
  durable(batch: Batch): void {
    for (const { stream, lines, bytes, position } of batch.parts) {
      this.#turns.durable(stream, bytes)
      this.#waitingBytes -= bytes
      if (position !== undefined) this.#mark(stream, lines, position)
      this.#lanes.get(stream)?.becameDurable(lines, position)
    }
    this.#drain()
  }

  /** The batch is done with; its memory is free again. */
  release(batch: Batch): void {
    this.#options.pool.give(batch.slab)
    for (const { stream, bytes } of batch.parts) this.#lanes.get(stream)?.released(bytes)
    this.#drain()
  }

  /** Sends off what has gathered, however little. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#slab && this.#used > 0) this.#seal()
  }

  /** Sends off a batch without lines where nothing has gathered: it carries only its time. */
  beat(): void {
    if (this.#used > 0) return
    this.#slab ??= this.#options.pool.take()
    if (!this.#slab) return
    this.#receivedMs = this.#options.now()
    this.#seal()
  }

  #push(lane: IntakeLane, lines: LinePieces): boolean {
    const bytes = lines.pieces.reduce((sum, piece) => sum + piece.length, 0)
    this.#waitingBytes += bytes
    if (lane.backlog > 0 || !this.#fill(lane, lines, bytes)) {
      lane.backlog += 1
      this.#backlog.push({ ...lines, pieces: [Buffer.concat(lines.pieces)], lane, bytes })
    }
    const mayGoOn = this.#hasRoom(lane)
    if (!mayGoOn) this.#waiting.add(lane)
    return mayGoOn
  }

  #hasRoom(lane: IntakeLane): boolean {
    const { backlog, heldBytes, name } = lane
    return backlog === 0 && heldBytes <= this.#options.pool.freeBytes / 2 && this.#turns.hasShare(name)
  }

  /** Copies the lines into the batch at hand, or the next; false where no memory is free, or it is not their turn. */
  #fill(lane: IntakeLane, lines: LinePieces, bytes: number): boolean {
    if (!this.#turns.admits(lane.name, bytes)) return false
    if (this.#slab && this.#used + bytes > this.#slab.bytes.length) this.#leaveSlab()
    this.#slab ??=
      bytes > this.#options.pool.slabBytes ? this.#options.pool.takeLarge(bytes) : this.#options.pool.take()
    if (!this.#slab) return false
    if (this.#used === 0) this.#begin()
    for (const piece of lines.pieces) {
      // `fill` is one memcpy; `set` into shared memory goes word by word, at a quarter of the speed
      if (piece.length > 0) this.#slab.bytes.fill(piece, this.#used, this.#used + piece.length)
      this.#used += piece.length
    }
    this.#notePart(lane, lines, bytes)
    if (this.#slab.bytes.length - this.#used < 1024) this.flush()
    return true
  }

  /** What comes next needs more than is left of the slab. */
  #leaveSlab(): void {
    this.flush()
    if (this.#slab) this.#options.pool.give(this.#slab)
    this.#slab = undefined
  }

  #begin(): void {
    this.#receivedMs = this.#options.now()
    this.#timer ??= setTimeout(() => this.flush(), LINGER_MS)
  }

  #notePart(lane: IntakeLane, { lines, position }: LinePieces, bytes: number): void {
    this.#lines += lines
    this.#turns.took(lane.name, bytes)
    const linesBefore = lane.filled(lines)
    const last = this.#parts.at(-1)
    const behind = lane.resumable ? position : undefined
    if (last?.stream === lane.name) {
      const { stream, linesBefore: before } = last
      const joined = {
        stream,
        lines: last.lines + lines,
        bytes: last.bytes + bytes,
        linesBefore: before,
        position: behind,
      }
      this.#parts[this.#parts.length - 1] = joined
    } else this.#parts.push({ stream: lane.name, lines, bytes, linesBefore, position: behind })
  }

  #seal(): void {
    const { seal, pool } = this.#options
    const slab = this.#slab as Slab
    const [length, lines, parts, receivedMs] = [this.#used, this.#lines, this.#parts, this.#receivedMs]
    const batch: Batch = { sequence: this.#sequence, receivedMs, slab, length, lines, parts }
    this.#sequence += 1
    this.#slab = pool.rest(slab, length)
    this.#used = 0
    this.#lines = 0
    this.#parts = []
    seal(batch)
  }

  #drain(): void {
    this.#fillBacklog()
    for (const lane of this.#waiting) {
      if (!this.#hasRoom(lane)) continue
      this.#waiting.delete(lane)
      lane.tellRoom()
    }
  }

  /** In the order of each stream; one whose lines are too large for now does not hold up the others. */
  #fillBacklog(): void {
    const stuck = new Set<IntakeLane>()
    const left = this.#backlog.splice(0).filter((next) => {
      if (stuck.has(next.lane) || !this.#fill(next.lane, next, next.bytes)) {
        stuck.add(next.lane)
        return true
      }
      next.lane.backlog -= 1
      return false
    })
    this.#backlog.push(...left)
  }

  #mark(stream: string, lines: number, position: number): void {
    const before = this.#marks.get(stream)
    this.#marks.set(stream, { position, lines: (before?.lines ?? 0) + lines })
  }

  /** A closed stream stays known until its last lines are durable. */
  #closed(lane: IntakeLane): void {
    this.#waiting.delete(lane)
    if (this.#lanes.get(lane.name) === lane) this.#lanes.delete(lane.name)
  }
}
