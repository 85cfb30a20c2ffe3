import type { EngineState } from '../executor/executor.ts'
import type { LevelChange, Victim } from './action.ts'

/** One line of the controller's memory. `at` in milliseconds since 1970. */
export type JournalEntry =
  | { readonly kind: 'over'; readonly at: number; readonly node: string; readonly kw: number; readonly limitKw: number }
  | { readonly kind: 'within'; readonly at: number; readonly node: string; readonly seconds: number }
  /** Written before the engine is asked, so that a crash in between forgets nobody. */
  | { readonly kind: 'cut'; readonly at: number; readonly victims: readonly Victim[] }
  | { readonly kind: 'levels'; readonly at: number; readonly levels: readonly LevelChange[] }
  | { readonly kind: 'ended'; readonly at: number; readonly job: string; readonly state: EngineState }

/** Where the controller keeps what no engine remembers. An entry is durable once `append` has answered. */
export interface ControllerJournal {
  append(entry: JournalEntry): Promise<void>
  read(): Promise<readonly JournalEntry[]>
}

/** What the entries add up to. */
export interface ControllerMemory {
  readonly ended: ReadonlySet<string>
  readonly cutUnder: ReadonlyMap<string, string>
  /** Node: since when it has been above its limit. */
  readonly overSince: ReadonlyMap<string, number>
  /** End of the latest job whose usage was recorded. */
  readonly usageUpTo: number
}

export const NOTHING_REMEMBERED: ControllerMemory = {
  ended: new Set(),
  cutUnder: new Map(),
  overSince: new Map(),
  usageUpTo: 0,
}

/** The memory after one more entry; the same for a controller that runs on and one that starts again. */
export function remember(memory: ControllerMemory, entry: JournalEntry): ControllerMemory {
  switch (entry.kind) {
    case 'over':
      return { ...memory, overSince: new Map([...memory.overSince, [entry.node, entry.at]]) }
    case 'within':
      return { ...memory, overSince: new Map([...memory.overSince].filter(([node]) => node !== entry.node)) }
    case 'cut': {
      const under = entry.victims.flatMap(({ job, event }) => (event === undefined ? [] : [[job, event] as const]))
      return { ...memory, cutUnder: new Map([...memory.cutUnder, ...under]) }
    }
    case 'ended': {
      const usageUpTo = Math.max(memory.usageUpTo, entry.at)
      return { ...memory, ended: new Set([...memory.ended, entry.job]), usageUpTo }
    }
    case 'levels':
      return memory
  }
}

/** A journal that lasts as long as the process: for rehearsals and tests. */
export function memoryJournal(): ControllerJournal {
  const entries: JournalEntry[] = []
  return {
    append: async (entry) => {
      entries.push(structuredClone(entry))
    },
    read: async () => [...entries],
  }
}
