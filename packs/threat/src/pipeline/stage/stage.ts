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
  /** Milliseconds since 1970 by the clock of receipt; never runs backwards. */
  | { readonly kind: 'time'; readonly ms: number }

/**
 * A step behind detection. It must answer the same to the same inputs: after a crash its state is taken from the last
 * checkpoint and the stored alerts since are pushed again, whose findings are stored already.
 */
export interface Stage {
  readonly name: string
  push(input: StageInput, emit: (finding: StageFinding) => void): void
  /** Everything that later answers depend on, as data that `v8.serialize` can write. */
  save(): unknown
  restore(state: unknown): void
}
