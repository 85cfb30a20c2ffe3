import { fromUtf8 } from '@dengta/kernel'
import { type ZodType, z } from 'zod'
import { modelErrors } from './model-errors.ts'

const inEnglish = z.locales.en().localeError
const inChinese = z.locales.zhCN().localeError
const LONGEST_PROBLEM = 200

/** Reads JSON bytes against a schema; throws `model.not_json` or `model.schema` with the first place that does not fit. */
export function parseJson<T>(bytes: Uint8Array, schema: ZodType<T>): T {
  const value = readJson(bytes)
  const read = schema.safeParse(value, { error: inEnglish })
  if (read.success) return read.data
  const issue = read.error.issues[0]!
  const chinese = schema.safeParse(value, { error: inChinese }).error?.issues[0]
  throw modelErrors.schema({
    path: issue.path.join('.').slice(0, LONGEST_PROBLEM) || '.',
    problem: issue.message.slice(0, LONGEST_PROBLEM),
    problemZh: (chinese ?? issue).message.slice(0, LONGEST_PROBLEM),
  })
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes))
  } catch (cause) {
    throw modelErrors.not_json({}, cause)
  }
}
