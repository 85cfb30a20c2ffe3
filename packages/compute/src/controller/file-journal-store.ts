import { open, readFile, truncate } from 'node:fs/promises'
import { z } from 'zod'
import { controllerErrors } from './controller-errors.ts'
import type { ControllerJournal, JournalEntry } from './journal.ts'

const at = z.number()
const SCHEMA: z.ZodType<JournalEntry> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('over'), at, node: z.string(), kw: z.number(), limitKw: z.number() }),
  z.object({ kind: z.literal('within'), at, node: z.string(), seconds: z.number() }),
  z.object({
    kind: z.literal('cut'),
    at,
    victims: z.array(z.object({ job: z.string(), event: z.string().optional(), lostChipHours: z.number() })),
  }),
  z.object({
    kind: z.literal('levels'),
    at,
    levels: z.array(z.object({ job: z.string(), wattsPerChip: z.number(), kw: z.number() })),
  }),
  z.object({
    kind: z.literal('resized'),
    at,
    jobs: z.array(
      z.object({
        ...{ job: z.string(), event: z.string().optional(), lostChipHours: z.number() },
        ...{ from: z.number(), chips: z.number(), kw: z.number(), minutes: z.number() },
      }),
    ),
  }),
  z.object({
    kind: z.literal('ended'),
    at,
    job: z.string(),
    state: z.enum(['held', 'waiting', 'running', 'done', 'failed', 'cancelled']),
  }),
])

/**
 * A journal of JSON lines, each synced to disk before `append` answers. A last line that a crash cut short is dropped;
 * any other line that cannot be read throws `controller.journal_broken`.
 */
export async function fileJournal(path: string): Promise<ControllerJournal & { close(): Promise<void> }> {
  await dropTornLine(path)
  const file = await open(path, 'a', 0o600)
  return {
    append: async (entry) => {
      await file.write(`${JSON.stringify(entry)}\n`)
      await file.datasync()
    },
    read: async () => (await readFile(path, 'utf8')).split('\n').flatMap((line, i) => readLine(path, line, i + 1)),
    close: () => file.close(),
  }
}

async function dropTornLine(path: string): Promise<void> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  })
  const whole = bytes.lastIndexOf('\n') + 1
  if (whole < bytes.length) await truncate(path, whole)
}

function readLine(path: string, line: string, number: number): JournalEntry[] {
  if (line === '') return []
  try {
    return [SCHEMA.parse(JSON.parse(line))]
  } catch (cause) {
    throw controllerErrors.journal_broken({ path, line: number }, cause)
  }
}
