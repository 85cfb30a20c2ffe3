import type { ControlGroup, Usage } from './control-groups.ts'
import { TreeMeter } from './process-tree.ts'
import type { SandboxLimits, SandboxOutcome } from './sandbox.ts'

/** How often a running job is looked at, in milliseconds. */
const LOOK_EVERY = 50

/** Watches one job until it has ended. */
export interface JobWatch {
  /** Stops the job; the first reason given is kept. */
  stop(reason: SandboxOutcome): void
  /** Call after the job has ended: why it was stopped, if it was, and what it used. */
  end(): { readonly stoppedFor: SandboxOutcome | undefined; readonly usage: Usage }
}

export interface JobWatchOptions {
  readonly pid: number
  readonly limits: SandboxLimits
  readonly group: ControlGroup | undefined
  /** Kills the whole job at once. */
  readonly kill: () => void
}

/** Stops a job that goes past a limit. The kernel's own limits lie underneath; this names them and covers what they leave open. */
export function watchJob({ pid, limits, group, kill }: JobWatchOptions): JobWatch {
  const meter = new TreeMeter()
  let stoppedFor: SandboxOutcome | undefined
  const stop = (reason: SandboxOutcome) => {
    stoppedFor ??= reason
    kill()
  }
  const look = () => {
    const reason = limitPassed(usageOf(pid, group, meter), limits)
    if (reason !== undefined) stop(reason)
  }
  const ticks = setInterval(look, LOOK_EVERY)
  const wall = setTimeout(() => stop('wall_time'), limits.wallSeconds * 1000)
  return {
    stop,
    end: () => {
      clearInterval(ticks)
      clearTimeout(wall)
      return { stoppedFor, usage: usageOf(pid, group, meter) }
    },
  }
}

/** The group's own figures, and those of the tree where the group has none. */
function usageOf(pid: number, group: ControlGroup | undefined, meter: TreeMeter): Usage {
  const counted = group?.usage()
  if (counted?.cpuSeconds !== undefined && counted.peakBytes !== undefined) return counted
  const seen = meter.look(pid)
  return {
    cpuSeconds: counted?.cpuSeconds ?? seen.cpuSeconds,
    peakBytes: counted?.peakBytes ?? seen.peakBytes,
    memoryKills: counted?.memoryKills ?? 0,
  }
}

function limitPassed(usage: Usage, limits: SandboxLimits): SandboxOutcome | undefined {
  if (usage.memoryKills > 0 || (usage.peakBytes ?? 0) > limits.memoryBytes) return 'memory'
  return (usage.cpuSeconds ?? 0) > limits.cpuSeconds ? 'cpu_time' : undefined
}
