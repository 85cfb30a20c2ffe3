import type { Text } from '@dengta/kernel'
import type { Executor } from '../executor/executor.ts'
import type { KeptPower } from '../executor/kept-power.ts'
import type { Pool } from '../executor/may-start.ts'
import type { OthersPower } from '../executor/others-power.ts'

/** What runs the jobs of the house. */
export interface Engine {
  readonly executor: Executor
  /** Milliseconds from the end of one step of the controller to the start of the next. */
  readonly everyMs: number
  /** Sites that it has chips at; all of the day in course where absent. */
  readonly sites?: readonly string[] | undefined
  /** True where programs of participants run inside the sandbox; false: the house's own workload only. */
  readonly holdsPrograms: boolean
  /** Words by which it runs the house's own workload for so many seconds. */
  readonly demoCommand: (seconds: number) => readonly string[]
  /** Told after each step what to keep free for announced events; absent where an engine cannot plan ahead. */
  readonly keepFree?: ((kept: readonly KeptPower[]) => Promise<void>) | undefined
  /** Told after each step what jobs that others submit to it may draw; absent where it lets none of theirs in. */
  readonly admit?: ((power: OthersPower) => Promise<void>) | undefined
  /** Told the chips of the day in course before each step. */
  readonly follow: (pools: readonly Pool[]) => void
}

/** No engine, and why. */
interface NoEngine {
  readonly none: Text
}

export type EngineChoice = (Engine | NoEngine) & {
  /** Opens it anew; absent where only a restart of the house helps. */
  readonly again?: (() => Promise<EngineChoice>) | undefined
}

export const isEngine = (choice: EngineChoice): choice is Engine & Pick<EngineChoice, 'again'> => 'executor' in choice

/** Why the jobs of a house stay where they are placed. */
export const NO_ENGINE = {
  notSet: {
    en: 'no engine is set up in this house',
    zh: '本平台未设置执行引擎',
  },
  noSandbox: {
    en: 'the local engine needs bubblewrap, which is not here; `npm run setup:debian` installs it, then restart the house, or choose DENGTA_ENGINE=slurm',
    zh: '本机执行引擎需要 bubblewrap，当前未安装；可用 `npm run setup:debian` 安装后重启平台，或设置 DENGTA_ENGINE=slurm',
  },
} as const satisfies Record<string, Text>
