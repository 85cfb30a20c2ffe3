import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fsyncFolder } from '@dengta/store'
import { z } from 'zod'
import { orderSchema } from '../executor/order-schema.ts'
import { localErrors } from './local-errors.ts'
import { EMPTY_STATE, type LocalState } from './local-state.ts'

const time = z.number().optional()
const GANG = z.object({ chips: z.number(), kw: z.number(), minutes: z.number() })
/** A string in files of older versions. */
const REASON = z.union([z.string(), z.object({ en: z.string(), zh: z.string() })])
const JOB = z.object({
  order: orderSchema,
  ...{ gang: GANG.optional(), next: GANG.optional() },
  state: z.enum(['held', 'waiting', 'running', 'done', 'failed', 'cancelled']),
  runs: z.number(),
  ...{ firstStartedAt: time, startedAt: time, endedAt: time, exitCode: time, reason: REASON.optional() },
  used: z.object({
    ...{ chipHours: z.number(), joules: z.number(), metered: z.boolean(), source: z.string() },
    lacksEnergy: z.boolean().optional(),
  }),
})
const STATE: z.ZodType<LocalState> = z.object({ guards: z.record(z.string(), z.number()), jobs: z.array(JOB) })

/** The state as last written; empty where there is none. Throws `local.state_broken`. */
export async function readLocalState(path: string): Promise<LocalState> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return EMPTY_STATE
  try {
    return STATE.parse(JSON.parse(text))
  } catch (cause) {
    throw localErrors.state_broken({ path }, cause)
  }
}

/** Replaces the state as a whole: after a power cut the file is the old one or the new one. Throws `local.state_not_written`. */
export async function writeLocalState(path: string, state: LocalState): Promise<void> {
  await replace(path, state).catch((cause: NodeJS.ErrnoException) => {
    throw localErrors.state_not_written({ path, problem: cause.code ?? cause.message }, cause)
  })
}

async function replace(path: string, state: LocalState): Promise<void> {
  const next = `${path}.next`
  const file = await open(next, 'w', 0o600)
  try {
    await file.writeFile(JSON.stringify(state))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(next, path)
  await fsyncFolder(dirname(path))
}
