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
 * A journal of JSON lines, each synced to disk before `append` answers. A line that a crash or a full disk cut short is dropped;
 * any other that cannot be read throws `controller.journal_broken`. `append` throws `controller.journal_not_written`.
 */
export async function fileJournal(path: string): Promise<ControllerJournal & { close(): Promise<void> }> {
  let whole = await dropTornLine(path)
  const file = await open(path, 'a', 0o600)
  let last: Promise<unknown> = Promise.resolve()
  const write = async (entry: JournalEntry): Promise<void> => {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`)
    try {
      await file.appendFile(line)
      await file.datasync()
      whole += line.length
    } catch (cause) {
      await file.truncate(whole).catch(() => undefined)
      const problem = (cause as NodeJS.ErrnoException).code ?? String(cause)
      throw controllerErrors.journal_not_written({ path, problem }, cause)
    }
  }
  return {
    append: (entry) => {
      const next = last.then(() => write(entry))
      last = next.catch(() => undefined)
      return next
    },
    read: async () => {
      // a line that is being written is not there yet
      const upTo = whole
      return String((await readFile(path)).subarray(0, upTo))
        .split('\n')
        .flatMap((line, i) => readLine(path, line, i + 1))
    },
    close: () => file.close(),
  }
}

/** Answers the bytes of the whole lines. */
async function dropTornLine(path: string): Promise<number> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  })
  const whole = bytes.lastIndexOf('\n') + 1
  if (whole < bytes.length) await truncate(path, whole)
  return whole
}

function readLine(path: string, line: string, number: number): JournalEntry[] {
  if (line === '') return []
  try {
    return [SCHEMA.parse(JSON.parse(line))]
  } catch (cause) {
    throw controllerErrors.journal_broken({ path, line: number }, cause)
  }
}
