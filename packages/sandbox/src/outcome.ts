import { fillText, type Text } from '@dengta/kernel'
import type { SandboxLimits, SandboxOutcome } from './sandbox.ts'

/** What was seen of a job that has ended. */
export interface Ending {
  /** The limit for which we stopped the job ourselves. */
  readonly stoppedFor: SandboxOutcome | undefined
  readonly exitCode: number | undefined
  /** Name of the signal that ended the job. */
  readonly signal: string | undefined
  readonly cpuSeconds: number
  readonly memoryKills: number
  readonly log: string
}

/** What V8, libc++ and Node print last when memory is refused to them. */
const OUT_OF_MEMORY = /heap out of memory|Out of memory|bad_alloc|Array buffer allocation failed|Allocation failed/
/** What is printed last when the work folder is full, or a file in it as long as it may get (Node ignores SIGXFSZ). */
const OUT_OF_SPACE = /ENOSPC|No space left on device|EFBIG|File too large/

/** Names why a job ended. The kernel's own signals are read where it acted before our watch did. */
export function nameOutcome(ending: Ending, limits: SandboxLimits): SandboxOutcome {
  if (ending.stoppedFor !== undefined) return ending.stoppedFor
  if (ending.memoryKills > 0) return 'memory'
  if (ending.signal === 'SIGXFSZ') return 'output'
  if (ending.signal === 'SIGXCPU') return 'cpu_time'
  if (ending.signal === 'SIGKILL' && ending.cpuSeconds >= 0.9 * limits.cpuSeconds) return 'cpu_time'
  if (ending.exitCode === 0) return 'ok'
  if (OUT_OF_MEMORY.test(ending.log)) return 'memory'
  return OUT_OF_SPACE.test(ending.log) ? 'output' : 'failed'
}

const REASONS: Readonly<Record<Exclude<SandboxOutcome, 'ok' | 'refused'>, Text>> = {
  failed: {
    en: 'the program ended with an error; its log is open to the owner of the data only',
    zh: '程序以错误结束；其日志仅对数据所有方开放',
  },
  wall_time: {
    en: 'stopped: it ran longer than the limit of {wallSeconds} s',
    zh: '已终止：运行时间超过 {wallSeconds} 秒的上限',
  },
  cpu_time: {
    en: 'stopped: it used more processor time than the limit of {cpuSeconds} s',
    zh: '已终止：处理器用时超过 {cpuSeconds} 秒的上限',
  },
  memory: {
    en: 'stopped: it asked for more memory than the limit of {memory} MiB',
    zh: '已终止：内存占用超过 {memory} MiB 的上限',
  },
  stopped: {
    en: 'stopped by the house; it can be run again',
    zh: '已由系统终止；可重新运行',
  },
  output: {
    en: 'stopped: it wrote more than the limit of {outputBytes} bytes',
    zh: '已终止：写出的数据超过 {outputBytes} 字节的上限',
  },
}

/** What a submitter may be told about an outcome: the limit, and nothing that the program saw. */
export function outcomeReason(outcome: SandboxOutcome, limits: SandboxLimits): Text | undefined {
  if (outcome === 'ok' || outcome === 'refused') return undefined
  return fillText(REASONS[outcome], { ...limits, memory: Math.round(limits.memoryBytes / 1024 / 1024) })
}
