import type { JournalEntry, Run } from './run.ts'

/** Port. A save and its journal lines are one transaction: either both are there after a crash, or neither. */
export interface RunStore {
  /** Inserts; the version of `run` is 1. */
  create(run: Run, entries: readonly JournalEntry[]): Promise<void>
  find(id: string): Promise<Run | undefined>
  /** Writes only if the stored version is `run.version - 1`; throws `threat_respond.stale` otherwise. */
  save(run: Run, entries: readonly JournalEntry[]): Promise<void>
  /** All lines of a run, oldest first. */
  journal(id: string): Promise<readonly JournalEntry[]>
}
