import { AppError } from '@dengta/kernel'
import { RE2JS } from 're2js'
import { ruleErrors } from './rule-errors.ts'
import type { RegexFlag } from './value.ts'

const MAX_SOURCE = 4096
const FLAG = { i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL } as const

/** Time linear in the text, whatever the pattern: no rule can stall the others. */
export interface SafeRegex {
  test(text: string): boolean
}

/** Throws bad_regex on what RE2 does not know: look-around, back references. */
export function compileRegex(source: string, flags: readonly RegexFlag[]): SafeRegex {
  if (source.length > MAX_SOURCE) throw ruleErrors.bad_regex({ pattern: `${source.slice(0, 40)}…`, why: 'too long' })
  try {
    return RE2JS.compile(
      source,
      flags.reduce((sum, flag) => sum | FLAG[flag], 0),
    )
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw ruleErrors.bad_regex({ pattern: source, why: (cause as Error).message }, cause)
  }
}
