import type { SandboxLimits } from './sandbox.ts'

export type Controller = 'memory' | 'pids' | 'cpuacct'

/** What a job has used so far; a value is `undefined` where nothing on this machine counts it. */
export interface Usage {
  readonly cpuSeconds: number | undefined
  readonly peakBytes: number | undefined
  /** Processes that the kernel killed for want of memory. */
  readonly memoryKills: number
}

/** The control group of one job. */
export interface ControlGroup {
  /** A process joins by writing its id into each of these files. */
  readonly joinFiles: readonly string[]
  usage(): Usage
  /** Kills every member and waits until none is left, two seconds at most. */
  kill(): Promise<void>
  /** Removes an empty group. */
  remove(): Promise<void>
}

/** Control groups of this machine, version 1 or 2. */
export interface ControlGroups {
  readonly version: 1 | 2
  readonly controllers: ReadonlySet<Controller>
  create(name: string, limits: Pick<SandboxLimits, 'memoryBytes' | 'processes'>): ControlGroup
  /** Names of the groups of the house that exist now, those of dead servers among them. */
  list(): readonly string[]
  /** An existing group by name, to clean it up. */
  find(name: string): ControlGroup
}
