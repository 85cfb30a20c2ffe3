import { AppError } from '@dengta/kernel'
import { RE2JS } from 're2js'
import { type NativeRegex, nativeRegex } from './native-regex.ts'
import { ruleErrors } from './rule-errors.ts'
import type { RegexFlag } from './value.ts'

const MAX_SOURCE = 4096
/** Most characters times counted repetitions: what RE2 unrolls when it compiles. */
const MAX_UNROLLED = 2 ** 20
const MAX_STEPS = 2 ** 23
const IS_ASCII = /^[\0-\x7f]*$/
const FLAG = { i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL } as const

/** Time bounded whatever the pattern and the text: no rule can stall the others. */
export interface SafeRegex {
  test(text: string): boolean
}

/** Throws bad_regex on what RE2 does not know: look-around, back references. */
export function compileRegex(source: string, flags: readonly RegexFlag[]): SafeRegex {
  if (source.length > MAX_SOURCE)
    throw ruleErrors.bad_regex({ pattern: `${source.slice(0, 40)}…`, why: { en: 'too long', zh: '过长' } })
  if (repetitions(source) * source.length > MAX_UNROLLED)
    throw ruleErrors.bad_regex({
      pattern: `${source.slice(0, 40)}…`,
      why: { en: 'its counted repetitions are too many', zh: '其计数重复过多' },
    })
  try {
    const linear = RE2JS.compile(
      source,
      flags.reduce((sum, flag) => sum | FLAG[flag], 0),
    )
    const native = nativeRegex(source, flags)
    return native
      ? { test: (text) => (suits(native, text) ? testNative(native, text) : testLinear(linear, text)) }
      : { test: (text) => testLinear(linear, text) }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw ruleErrors.bad_regex({ pattern: source, why: (cause as Error).message }, cause)
  }
}

/** The sum of all counts in braces. */
function repetitions(source: string): number {
  let sum = 0
  for (const [, least, most] of source.matchAll(/\{(\d{1,4})(?:,(\d{0,4}))?\}/g)) sum += Number(most || least)
  return sum
}

/** Most characters times states of the pattern: what RE2 needs at worst. */
const MAX_LINEAR_STEPS = 2 ** 25

/** Throws too_costly for a text on which the worst case could stall the other events. */
function testLinear(linear: RE2JS, text: string): boolean {
  if (linear.programSize() * text.length > MAX_LINEAR_STEPS)
    throw ruleErrors.too_costly({ limit: { en: `${MAX_LINEAR_STEPS} steps`, zh: `${MAX_LINEAR_STEPS} 步` } })
  return linear.test(text)
}

/** The JavaScript engine, many times quicker, where its worst case is a few milliseconds and both mean the same. */
function suits({ minLength, steps }: NativeRegex, text: string): boolean {
  return text.length < minLength || (steps(text.length) <= MAX_STEPS && IS_ASCII.test(text))
}

const testNative = ({ minLength, regex }: NativeRegex, text: string): boolean =>
  text.length >= minLength && regex.test(text)
