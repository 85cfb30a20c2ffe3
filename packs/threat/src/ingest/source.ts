/** Faults of a source by name, e.g. `too_long`, with how often each happened. */
export type FaultCounts = Readonly<Record<string, number>>

/** How far a stream has come. `position` is in the source's own unit (lines, bytes, a sequence number). */
export interface StreamMark {
  readonly position: number
  /** Lines accepted since the stream began. */
  readonly lines: number
}

/** Whole lines of one stream, every line end included. `position` is the one behind them. */
export interface LinePieces {
  /** Stand for one run of bytes when joined; copied before `push` returns. */
  readonly pieces: readonly Uint8Array[]
  readonly lines: number
  readonly position: number
}

export interface StreamOptions {
  /** Unique among the open streams; of a resumable one also over restarts, e.g. the path of a file. */
  readonly name: string
  /** Keeps its mark in the journal, so that the sender or reader can go on where it was. */
  readonly resumable: boolean
  /** Called once there is room again after `push` has answered false. */
  readonly onRoom: () => void
  /** Called when more of the stream has become durable. */
  readonly onDurable?: (mark: StreamMark) => void
}

/** One ordered stream of lines into the pipeline. */
export interface IntakeStream {
  /** What has been taken in, durable or not. */
  readonly accepted: StreamMark
  /** What will be processed whatever happens from now on. */
  readonly durable: StreamMark
  /** Takes lines in, at least one and at most 32 MiB; false asks the source to stop until `onRoom`. */
  push(lines: LinePieces): boolean
  /** Resolves when all that was pushed so far is durable. */
  settled(): Promise<void>
  /** Notes a fault of the sender in the status. */
  fault(name: string): void
  close(): void
}

/** Where sources put their lines: the pipeline, seen from outside. */
export interface Intake {
  /**
   * Opens a stream; a resumable one takes up its mark, once what it brought under this name before is durable.
   * Throws `threat_ingest.stream_busy` where it is open already.
   */
  open(options: StreamOptions): Promise<IntakeStream>
  /** False while nothing can be made durable, e.g. because the disk is full. */
  readonly healthy: boolean
  /** Taken in and not durable yet, bytes of all streams together. */
  readonly waitingBytes: number
}

export interface SourceStatus {
  readonly kind: string
  /** Address, folder or subject. */
  readonly at: string
  /** Connections or files open now. */
  readonly open: number
  readonly faults: FaultCounts
}

/** Something that events come from: a listener, a folder, a subscription. */
export interface EventSource {
  /** Begins to push into the intake. Throws where it cannot begin at all. */
  start(intake: Intake): Promise<void>
  /** Stops; resolves when nothing more will be pushed. */
  stop(): Promise<void>
  status(): SourceStatus
}
