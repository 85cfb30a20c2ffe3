import { respondErrors } from './respond-errors.ts'
import type { JournalEntry, Run } from './run.ts'
import type { RunStore } from './run-store.ts'

/** For tests: keeps runs as JSON text, as a database would. `onSave` may throw to play a crash before or after a save. */
export function memoryRunStore(onSave: (run: Run) => void = () => {}): RunStore {
  const runs = new Map<string, string>()
  const journals = new Map<string, JournalEntry[]>()
  const write = (run: Run, entries: readonly JournalEntry[], previous: number | undefined) => {
    const stored = runs.get(run.id)
    const version = stored === undefined ? undefined : (JSON.parse(stored) as Run).version
    if (version !== previous) throw respondErrors.stale({ id: run.id })
    runs.set(run.id, JSON.stringify(run))
    journals.set(run.id, [...(journals.get(run.id) ?? []), ...entries])
    onSave(run)
  }
  return {
    create: async (run, entries) => write(run, entries, undefined),
    find: async (id) => (runs.has(id) ? (JSON.parse(runs.get(id) as string) as Run) : undefined),
    save: async (run, entries) => write(run, entries, run.version - 1),
    journal: async (id) => journals.get(id) ?? [],
  }
}
