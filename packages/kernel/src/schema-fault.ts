import { type ZodType, z } from 'zod'
import { tellingIssue } from './telling-issue.ts'
import type { Text } from './text.ts'

const inEnglish = z.locales.en().localeError
const inChinese = z.locales.zhCN().localeError

/** The first thing that a schema has against a value, and where. A schema's own message is `English · 中文`. */
export interface SchemaFault {
  readonly path: readonly (string | number)[]
  readonly problem: Text
}

/** Checks a value; the fault is told in both languages. */
export function checkSchema<T>(
  schema: ZodType<T>,
  value: unknown,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: SchemaFault } {
  const read = tried(schema, value)
  if (read === undefined) return { ok: false, fault: { path: [], problem: COUNTLESS } }
  if (read.success) return { ok: true, value: read.data }
  const { path, message } = tellingIssue(read.error.issues[0])
  const chinese = tellingIssue(schema.safeParse(value, { error: inChinese }).error?.issues[0])
  return { ok: false, fault: { path, problem: { en: half(message, 0), zh: half(chinese.message, 1) } } }
}

const COUNTLESS: Text = { en: 'has countless faults', zh: '问题多得数不清' }

/** Undefined where there are more faults than the library can pass on: some 100,000 in one list end its stack. */
function tried<T>(schema: ZodType<T>, value: unknown) {
  try {
    return schema.safeParse(value, { error: inEnglish })
  } catch (cause) {
    if (cause instanceof RangeError) return undefined
    throw cause
  }
}

/** A message in one language: those of the library come in one already. */
function half(message: string, which: 0 | 1): string {
  return message.split(' · ')[which] ?? message
}
