import type { Clock, Ids } from '@dengta/kernel'
import type { Adapter, SecretSource } from './adapter.ts'
import type { PlaybookLibrary } from './playbook-library.ts'
import type { JournalEntry, Run } from './run.ts'
import type { RunStore } from './run-store.ts'

export interface ResponseParts {
  readonly runs: RunStore
  readonly library: PlaybookLibrary
  readonly adapters: readonly Adapter[]
  readonly secrets: SecretSource
  readonly clock: Clock
  readonly ids: Ids
  /** Waits, for delays of steps and between attempts. */
  readonly pause: (milliseconds: number) => Promise<void>
  /** Name of this worker: a run that another one is busy with is left alone. */
  readonly holder: string
}

type Line = Omit<JournalEntry, 'at' | 'actor'> & { readonly actor?: string }

/** Saves the changed run as its next version, with its lines of the journal, and answers it. */
export async function record(parts: ResponseParts, run: Run, ...lines: readonly Line[]): Promise<Run> {
  const at = parts.clock.now().toISOString()
  const next = { ...run, version: run.version + 1 }
  await parts.runs.save(
    next,
    lines.map((line) => ({ at, actor: parts.holder, ...line })),
  )
  return next
}

/** A run without these members: `exactOptionalPropertyTypes` leaves no other way to clear them. */
export function without<K extends keyof Run>(run: Run, ...keys: readonly K[]): Omit<Run, K> {
  const copy: Partial<Run> = { ...run }
  for (const key of keys) delete copy[key]
  return copy as Omit<Run, K>
}
