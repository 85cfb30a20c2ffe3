import type { Text } from '@dengta/kernel'

/** Limits of one job; what goes past any of them is stopped within one second. */
export interface SandboxLimits {
  readonly wallSeconds: number
  /** Processor time of all processes of the job together. */
  readonly cpuSeconds: number
  /** Memory of all processes of the job together, files in its work folder included. */
  readonly memoryBytes: number
  /** Processes and threads that the job may have beside those of Node itself. */
  readonly processes: number
  /** Bytes that the job may write to its output, and again as many to its work folder. */
  readonly outputBytes: number
}

/**
 * What a job may see: its entry script, the packages it names, read-only inputs, and one output.
 * It runs in the folder of the job (/job at level `bubblewrap`): it reads `<name>`, writes `output` once,
 * and may keep temporary files in `work`. There is nothing else, no environment and no network.
 */
export interface SandboxJob {
  /** A bundled entry of the house under dist/, e.g. `score-runner`, or an absolute script path in tests. */
  readonly entry: string
  readonly arguments: readonly string[]
  /** Files on the host by the name they get in the folder of the job. */
  readonly inputs: Readonly<Record<string, string>>
  /** Packages from the registry that the entry imports, their dependencies named too, e.g. `onnxruntime-node`. */
  readonly packages?: readonly string[]
  readonly limits: SandboxLimits
  /**
   * A folder on the host that outlasts the job, `kept` in its folder: the only place where it may write that stays. It is
   * given to the job's user; all its files together may hold `limits.outputBytes`. For checkpoints.
   */
  readonly keep?: string
  /** Stops the job at once when it aborts; the outcome is then `stopped`. */
  readonly signal?: AbortSignal
  /** True for native code and foreign models: needs level `bubblewrap`. */
  readonly untrusted: boolean
}

export type SandboxOutcome = 'ok' | 'failed' | 'wall_time' | 'cpu_time' | 'memory' | 'output' | 'stopped' | 'refused'

export interface SandboxResult {
  readonly outcome: SandboxOutcome
  /** What a submitter may be told; absent if `ok`. */
  readonly reason: Text | undefined
  readonly exitCode: number | undefined
  readonly signal: string | undefined
  /** The bytes of the output; empty unless `ok`. */
  readonly output: Uint8Array
  /** Owner-only: the last 16 KB of stdout and stderr. Never shown to a submitter. */
  readonly log: string
  readonly cpuSeconds: number
  readonly wallSeconds: number
  readonly peakBytes: number
}

export interface IsolationLevel {
  readonly name: 'bubblewrap' | 'process'
  /** What holds, e.g. `user-namespace`, `network-namespace`, `seccomp`, `cgroup-v1-memory`, `uid-65534`. */
  readonly parts: readonly string[]
  /** What is not available on this machine. */
  readonly missing: readonly string[]
}

export interface CanaryReport {
  readonly held: boolean
  readonly level: IsolationLevel
  readonly probes: readonly { readonly attack: string; readonly held: boolean; readonly seen: string }[]
}

/** Runs what the house does not trust. One instance for the house; jobs run side by side. */
export interface Sandbox {
  readonly level: IsolationLevel
  /** Tries the attacks with the same flags as a job: host file, home folder, socket, writing outside, forking, memory, new namespace. */
  canary(limits: SandboxLimits): Promise<CanaryReport>
  run(job: SandboxJob): Promise<SandboxResult>
}
