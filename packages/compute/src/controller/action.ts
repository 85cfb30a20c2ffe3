import type { GangChange, Order } from '../executor/executor.ts'

/** One job taken off its chips, and what that throws away. */
export interface Victim {
  readonly job: string
  /** Request of the grid under which it goes; absent where the envelope itself is lower. */
  readonly event?: string | undefined
  readonly lostChipHours: number
}

export interface LevelChange {
  readonly job: string
  readonly wattsPerChip: number
  readonly kw: number
}

/** One job put on another gang. */
export interface Resize extends GangChange {
  /** Chips it had. */
  readonly from: number
  /** Request of the grid under which it shrinks; absent where the envelope itself is lower, and where it grows again. */
  readonly event?: string | undefined
  /** Work since the last checkpoint and the restart. */
  readonly lostChipHours: number
}

/** What the controller asks of the engine, in the order in which it must be asked. */
export type Action =
  | { readonly do: 'guard'; readonly site: string; readonly kw: number }
  | { readonly do: 'cancel'; readonly job: string }
  | { readonly do: 'hold'; readonly job: string }
  | { readonly do: 'levels'; readonly levels: readonly LevelChange[] }
  | { readonly do: 'resize'; readonly jobs: readonly Resize[] }
  | { readonly do: 'requeue'; readonly victims: readonly Victim[] }
  | { readonly do: 'submit'; readonly order: Order; readonly held: boolean }
  | { readonly do: 'release'; readonly job: string }
