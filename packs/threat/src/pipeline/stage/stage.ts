import type { Observation } from '../observation.ts'
import type { PipelineAlert } from '../pipeline-alert.ts'

/** What a stage has concluded: a correlation that fired, a group, an incident, a decision. JSON. */
export interface StageFinding {
  /** The stage that says so. */
  readonly stage: string
  readonly id: string
  readonly body: unknown
}

/** What a stage sees, in order: every alert, every finding of the stages before it, and how far time has come. */
export type StageInput =
  | { readonly kind: 'alert'; readonly alert: PipelineAlert }
  | { readonly kind: 'finding'; readonly finding: StageFinding }
  /** Milliseconds since 1970 by the clock of receipt; earlier than before only where that clock was set back. */
  | { readonly kind: 'time'; readonly ms: number }

/** Pieces of bytes, joined by whoever reads them. */
export type FrozenState = Generator<void, readonly Uint8Array[]>

/**
 * A step behind detection. It must answer the same to the same inputs: after a crash its state is taken from the last
 * checkpoint and the stored alerts since are pushed again, whose findings are stored already.
 */
export interface Stage {
  readonly name: string
  push(input: StageInput, emit: (finding: StageFinding) => void): void
  /** What observers saw of the events of a step, before its alerts are pushed. */
  observe?(observation: Observation, emit: (finding: StageFinding) => void): void
  /** What must be done before the next input, in steps; undefined where nothing is left over. */
  prepare?(): Generator<void> | undefined
  /** From which time of receipt on time alone would conclude something; undefined where nothing waits for it. */
  readonly dueMs?: number | undefined
  /** Everything that later answers depend on, as data that `v8.serialize` can write; large parts are left to `freeze`. */
  save(): unknown
  /** Copies what is large, in steps; nothing is pushed until it is copied. The work answered writes it down in small steps. */
  freeze?(): Generator<void, FrozenState>
  /** Takes up what `save` answered and, joined, the pieces of `freeze`. */
  restore(state: unknown, large?: Uint8Array): void
}
