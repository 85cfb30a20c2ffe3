import { fromUtf8 } from '@dengta/kernel'
import type { ZodType } from 'zod'
import { modelErrors } from './model-errors.ts'

/** Reads JSON bytes against a schema; throws `model.not_json` or `model.schema` with the first place that does not fit. */
export function parseJson<T>(bytes: Uint8Array, schema: ZodType<T>): T {
  const read = schema.safeParse(readJson(bytes))
  if (read.success) return read.data
  const issue = read.error.issues[0]!
  throw modelErrors.schema({ path: issue.path.join('.') || '(top)', problem: issue.message.slice(0, 200) })
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes))
  } catch (cause) {
    throw modelErrors.not_json({}, cause)
  }
}
