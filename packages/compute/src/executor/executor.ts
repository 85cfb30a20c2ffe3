import type { Text } from '@dengta/kernel'

/** A job as an engine is asked to run it. */
export interface Order {
  /** Name of the job, unique in the house: the same order twice is one job. */
  readonly job: string
  readonly participant: string
  readonly site: string
  readonly chip: string
  readonly chips: number
  /** Nodes by the engine's own names: the job runs there or waits. An engine that knows no nodes pays no heed. */
  readonly nodes?: readonly string[] | undefined
  /** Power of one chip at the level the plan chose, watts. */
  readonly wattsPerChip: number
  /** Power at the meter of the site, kW: chips x watts x PUE. */
  readonly kw: number
  /** Longest run, minutes; the engine may end the job after it. */
  readonly minutes: number
  readonly checkpoint?: { readonly everyMinutes: number; readonly costSeconds: number } | undefined
  readonly mayPause: boolean
  /** Program and arguments; run by the engine as it runs its users' programs, never by the server's own shell. */
  readonly command: readonly string[]
}

export type EngineState = 'held' | 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

/** A job as the engine sees it now. Times in milliseconds since 1970. */
export interface EngineJob {
  readonly job: string
  readonly engineId: string
  readonly state: EngineState
  readonly site: string
  readonly chip: string
  readonly chips: number
  readonly kw: number
  /** Nodes that it holds, by the engine's own names, where the engine says so. */
  readonly nodes?: readonly string[] | undefined
  readonly startedAt?: number | undefined
  readonly endedAt?: number | undefined
  /** Since when the engine has been taking it off its chips, whether it ended or was requeued; it still draws power. */
  readonly leavingSince?: number | undefined
  /** When its last checkpoint was written, if the engine knows. */
  readonly checkpointAt?: number | undefined
  /** Why it waits or failed: the engine's own words, a text where it speaks both languages. */
  readonly reason?: string | Text | undefined
}

/** A job on another number of chips: its power there, kW, and how long it may run there, minutes. */
export interface GangChange {
  readonly job: string
  readonly chips: number
  readonly kw: number
  readonly minutes: number
}

/** What a finished job used. `joules` is absent where the engine neither meters nor estimates. */
export interface Usage {
  readonly job: string
  readonly startedAt: number
  readonly endedAt: number
  /** As ordered; chip-hours count the chips that it really held, minute by minute. */
  readonly chips: number
  readonly chipHours: number
  readonly exitCode?: number | undefined
  readonly joules?:
    | { readonly value: number; readonly method: 'metered' | 'estimate'; readonly source: string }
    | undefined
}

/**
 * Something that runs jobs on chips: the local sandbox, Slurm, Kubernetes, or memory for rehearsals. Every call may be
 * repeated: a controller that crashed asks again, and nothing happens twice. A call for a job that has ended does nothing.
 */
export interface Executor {
  readonly id: 'local' | 'slurm' | 'kubernetes' | 'memory'
  submit(order: Order, held: boolean): Promise<void>
  /** Lets a held job start. */
  release(job: string): Promise<void>
  /** Keeps a waiting job from starting. */
  hold(job: string): Promise<void>
  /** Takes running jobs off their chips, back to the queue and held; each goes on from its last checkpoint. */
  requeue(jobs: readonly string[]): Promise<void>
  cancel(job: string): Promise<void>
  /** Changes the power level of running jobs; the names of those whose level the engine cannot change come back. */
  setLevels(
    levels: readonly { readonly job: string; readonly wattsPerChip: number; readonly kw: number }[],
  ): Promise<readonly string[]>
  /**
   * Puts jobs on fewer chips, or on more where they are free now; the names of those that stay as they are come back. A running
   * job goes on from its last checkpoint, or right on where the engine can take chips from it; one that waits goes on waiting.
   */
  resize(changes: readonly GangChange[]): Promise<readonly string[]>
  /** The engine's own guard: it starts nothing that would take the site above this, kW. Evicts nothing by itself. */
  setPowerLimit(site: string, kw: number): Promise<void>
  jobs(): Promise<readonly EngineJob[]>
  /** Usage of jobs that ended at or after `since`, oldest first. */
  usage(since: number): Promise<readonly Usage[]>
  close(): Promise<void>
}
