import type { EngineState } from '../executor/executor.ts'
import type { LevelChange, Resize, Victim } from './action.ts'

/** One line of the controller's memory. `at` in milliseconds since 1970. */
export type JournalEntry =
  | { readonly kind: 'over'; readonly at: number; readonly node: string; readonly kw: number; readonly limitKw: number }
  | { readonly kind: 'within'; readonly at: number; readonly node: string; readonly seconds: number }
  /** Written before the engine is asked, so that a crash in between forgets nobody. */
  | { readonly kind: 'cut'; readonly at: number; readonly victims: readonly Victim[] }
  | { readonly kind: 'levels'; readonly at: number; readonly levels: readonly LevelChange[] }
  /** Written before the engine is asked where jobs shrink, after it where they grow again. */
  | { readonly kind: 'resized'; readonly at: number; readonly jobs: readonly Resize[] }
  | { readonly kind: 'ended'; readonly at: number; readonly job: string; readonly state: EngineState }

/** Where the controller keeps what no engine remembers. An entry is durable once `append` has answered. */
export interface ControllerJournal {
  append(entry: JournalEntry): Promise<void>
  read(): Promise<readonly JournalEntry[]>
}

/** What the entries add up to. */
export interface ControllerMemory {
  readonly ended: Set<string>
  /** Job: the request of the grid under which it was last taken off its chips. */
  readonly cutUnder: Map<string, string>
  /** Job: the gang it was last put on, and under which request of the grid. */
  readonly resized: Map<string, Resize>
  /** Node: since when it has been above its limit. */
  readonly overSince: Map<string, number>
  /** End of the latest job whose usage was recorded. */
  usageUpTo: number
}

/** The memory that a controller starts with: the same that one which ran on would have. */
export function recall(entries: readonly JournalEntry[]): ControllerMemory {
  const memory: ControllerMemory = {
    ...{ ended: new Set(), cutUnder: new Map(), resized: new Map(), overSince: new Map(), usageUpTo: 0 },
  }
  for (const entry of entries) remember(memory, entry)
  return memory
}

/** Adds one entry to the memory. */
export function remember(memory: ControllerMemory, entry: JournalEntry): void {
  switch (entry.kind) {
    case 'over':
      memory.overSince.set(entry.node, entry.at)
      break
    case 'within':
      memory.overSince.delete(entry.node)
      break
    case 'cut':
      for (const { job, event } of entry.victims)
        if (event === undefined) memory.cutUnder.delete(job)
        else memory.cutUnder.set(job, event)
      break
    case 'ended':
      memory.ended.add(entry.job)
      memory.cutUnder.delete(entry.job)
      memory.resized.delete(entry.job)
      memory.usageUpTo = Math.max(memory.usageUpTo, entry.at)
      break
    case 'resized':
      for (const each of entry.jobs) memory.resized.set(each.job, each)
      break
    case 'levels':
      break
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
