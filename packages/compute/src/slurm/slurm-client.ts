/** A job as Slurm is asked to run it; every word has been checked. */
export interface JobRequest {
  readonly name: string
  readonly partition: string
  readonly nodes: number
  readonly chipType: string
  readonly chipsPerNode: number
  /** Such as `watts_north@grid:2480`. */
  readonly licences: string
  /** Nodes that it must run on; none leaves the choice to Slurm. */
  readonly nodeList: readonly string[]
  readonly comment: string
  readonly minutes: number
  readonly script: string
  readonly held: boolean
}

/** A job as Slurm keeps it in memory: until a minute or so after its end. Times in milliseconds since 1970. */
export interface SlurmJob {
  readonly id: string
  readonly name: string
  /** Whose name it runs under. */
  readonly user: string
  /** RUNNING, PENDING, COMPLETING, COMPLETED, ... */
  readonly state: string
  /** Zero keeps a pending job from starting. */
  readonly priority: number
  /** Nodes that it holds; none while it waits. */
  readonly nodes: readonly string[]
  readonly startedAt?: number | undefined
  readonly endedAt?: number | undefined
  /** Only while it is COMPLETING: its processes are being ended. */
  readonly leavingSince?: number | undefined
  readonly reason: string
  readonly comment: string
}

/** One run of a job in the accounts of Slurm; a job that was requeued has several, and one that lost nodes while it ran, too (RESIZING). */
export interface SlurmRun {
  readonly id: string
  readonly name: string
  readonly user: string
  readonly state: string
  readonly startedAt?: number | undefined
  readonly endedAt?: number | undefined
  readonly exitCode?: number | undefined
  /** Joules of all steps where Slurm meters energy. */
  readonly joules?: number | undefined
  readonly comment: string
}

/**
 * Runs that ended at or after a time, milliseconds since 1970, or every run of some jobs. Those of jobs that were held until they
 * were cancelled are told only where cancelled ones are asked for.
 */
export type RunQuery = { readonly since: number; readonly cancelled?: boolean } | { readonly ids: readonly string[] }

/**
 * What the driver asks of a Slurm in two ways: its REST service and its commands. All three changes answer false where
 * the job has ended or is not in a state for it, so that a repeated call is no fault.
 */
export interface SlurmClient {
  /** Answers the number that Slurm gave the job. */
  submit(request: JobRequest): Promise<string>
  hold(id: string): Promise<boolean>
  release(id: string): Promise<boolean>
  cancel(id: string): Promise<boolean>
  /** Those of the house's user, twice a second; of a cluster that others use too, `all` is more by far. */
  jobs(whose?: 'own' | 'all'): Promise<readonly SlurmJob[]>
  runs(query: RunQuery): Promise<readonly SlurmRun[]>
}

/** Slurm's words for a job that is gone, or not in a state for what was asked. */
export const MOOT =
  /invalid job id|already (completing|finished)|not pending|no longer pending|is pending execution|job\/step already/i

/** Before any job of the house; Slurm's accounts do not read times near 1970. */
export const EARLIEST = Date.UTC(2020, 0, 1)

/** Anybody may write a comment like ours beside a job of their own: only those of the house's user are read. */
export const ownWords =
  (user: string) =>
  <T extends SlurmJob | SlurmRun>(each: T): T =>
    each.user === user ? each : { ...each, comment: '' }
