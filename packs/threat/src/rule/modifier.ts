import { readBlock } from './cidr.ts'
import { encodeBase64, encodeBase64Offsets, type Wide, widen } from './encode.ts'
import { combinations, escapedText, isLiteral, openEnd, openStart, type Part, type Pattern } from './pattern.ts'
import { compileRegex } from './regex.ts'
import { ruleErrors } from './rule-errors.ts'
import {
  COMPARISONS,
  type Comparison,
  type RegexFlag,
  type TextValue,
  TIME_UNITS,
  type TimeUnit,
  type Value,
} from './value.ts'
import { changeForms, MAX_FORMS } from './value-size.ts'

const DASHES = ['-', '/', '–', '—', '―'] as const
const MAX_SHOWN = 80

/** One step of the chain behind a field name; throws a ruleErrors entry on a value that it does not take. */
export type Modifier = (value: Value) => Value

/** A value as an error shows it. */
export function shown(value: Value): string {
  const text = 'raw' in value ? JSON.stringify(value.raw) : JSON.stringify(value)
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}

/** A modifier of strings; groups made by an earlier modifier are changed member by member. */
function onText(name: string, change: (value: TextValue) => Value): Modifier {
  const modifier: Modifier = (value) => {
    if (value.kind === 'any') return changeForms(value.values, modifier)
    if (value.kind !== 'text')
      throw ruleErrors.wrong_type({ modifier: name, value: shown(value), takes: { en: 'a string', zh: '字符串' } })
    return change(value)
  }
  return modifier
}

function opening(name: string, start: boolean, end: boolean): Modifier {
  const modifier: Modifier = (value) => {
    if (value.kind === 'any') return changeForms(value.values, modifier)
    if (value.kind === 'text') {
      const left = start ? openStart(value.pattern) : value.pattern
      return { ...value, pattern: end ? openEnd(left) : left }
    }
    if (value.kind === 'reference') {
      return { ...value, openStart: value.openStart || start, openEnd: value.openEnd || end }
    }
    if (value.kind === 'regex') return openRegex(value, start, end)
    throw ruleErrors.wrong_type({ modifier: name, value: shown(value), takes: { en: 'a string', zh: '字符串' } })
  }
  return modifier
}

function openRegex(value: Extract<Value, { kind: 'regex' }>, start: boolean, end: boolean): Value {
  if (start && /^\(\?[a-z]+\)/i.test(value.source)) {
    throw ruleErrors.bad_regex({
      pattern: value.source,
      why: { en: 'flags must stand at the start; use re|i instead', zh: '标志须写在开头；请改用 re|i' },
    })
  }
  const left = start && !value.source.startsWith('.*') ? `.*${value.source}` : value.source
  return regex(end && !left.endsWith('.*') ? `${left}.*` : left, value.flags)
}

function regex(source: string, flags: readonly RegexFlag[]): Value {
  compileRegex(source, flags)
  return { kind: 'regex', source, flags }
}

function flag(letter: RegexFlag): Modifier {
  return (value) => {
    if (value.kind !== 'regex') {
      throw ruleErrors.wrong_type({
        modifier: letter,
        value: shown(value),
        takes: { en: 'a regular expression: write re first', zh: '正则表达式（请先写 re）' },
      })
    }
    return { ...value, flags: [...new Set([...value.flags, letter])].sort() }
  }
}

function encoding(name: string, encode: (pattern: Pattern) => string[] | undefined): Modifier {
  return onText(name, (value) => {
    const texts = encode(value.pattern)
    if (!texts)
      throw ruleErrors.bad_value({
        modifier: name,
        value: shown(value),
        why: { en: 'wildcards cannot be encoded', zh: '通配符无法编码' },
      })
    const values = texts.map((text) => ({ ...value, pattern: text ? [text] : [] }))
    return values.length === 1 ? (values[0] as Value) : { kind: 'any', values }
  })
}

function widening(name: string, form: Wide): Modifier {
  return onText(name, (value) => ({
    ...value,
    pattern: value.pattern.map((part): Part => {
      const wide = typeof part === 'string' ? widen(part, form) : part
      if (wide !== undefined) return wide
      throw ruleErrors.bad_value({
        modifier: name,
        value: shown(value),
        why: { en: 'a character has no such form', zh: '其中有字符没有这种编码形式' },
      })
    }),
  }))
}

/** A dash or slash that begins a word and is followed by a word. */
const DASH = /\B[-/]\b/

/** Each such dash becomes each of the five. */
function dashForms(literal: string): Part[][] {
  const pieces = literal.split(DASH)
  let forms = [pieces[0] as string]
  for (const piece of pieces.slice(1)) forms = forms.flatMap((form) => DASHES.map((dash) => form + dash + piece))
  return forms.map((form) => [form])
}

const windash = onText('windash', (value) => {
  const dashes = value.pattern.flatMap((part) => (typeof part === 'string' ? part.split(DASH).slice(1) : [])).length
  if (DASHES.length ** dashes > MAX_FORMS)
    throw ruleErrors.too_large({ why: { en: 'windash on too many dashes', zh: 'windash 修饰的短横线过多' } })
  return { kind: 'any', values: combinations(value.pattern, dashForms).map((pattern) => ({ ...value, pattern })) }
})

const fieldReference = onText('fieldref', (value) => {
  if (!isLiteral(value.pattern)) {
    throw ruleErrors.bad_value({
      modifier: 'fieldref',
      value: shown(value),
      why: { en: 'a field name has no wildcards', zh: '字段名不含通配符' },
    })
  }
  return { kind: 'reference', field: escapedText(value.pattern), openStart: false, openEnd: false }
})

const cidr = onText('cidr', (value) => {
  const block = escapedText(value.pattern)
  if (!readBlock(block)) {
    throw ruleErrors.bad_value({
      modifier: 'cidr',
      value: shown(value),
      why: { en: 'it is no IPv4 or IPv6 network', zh: '它不是 IPv4 或 IPv6 网段' },
    })
  }
  return { kind: 'cidr', block }
})

/** `%name%` becomes a placeholder; the reader of the rule replaces it by the values of the installation. */
const expand = onText('expand', (value) => ({
  ...value,
  pattern: value.pattern.flatMap((part): Part[] =>
    typeof part === 'string'
      ? part
          .split(/%(\w+)%/)
          .map((piece, i): Part => (i % 2 === 1 ? { placeholder: piece } : piece))
          .filter((piece) => piece !== '')
      : [part],
  ),
}))

const exists: Modifier = (value) => {
  if (value.kind === 'boolean') return { kind: 'exists', expected: value.value }
  throw ruleErrors.wrong_type({
    modifier: 'exists',
    value: shown(value),
    takes: { en: 'true or false', zh: 'true 或 false' },
  })
}

function comparing(is: Comparison): Modifier {
  return (value) => {
    if (value.kind === 'number') return { kind: 'compare', is, than: value.value }
    if (value.kind === 'time') return { ...value, is }
    throw ruleErrors.wrong_type({ modifier: is, value: shown(value), takes: { en: 'a number', zh: '数值' } })
  }
}

function timePart(unit: TimeUnit): Modifier {
  return (value) => {
    if (value.kind === 'number') return { kind: 'time', unit, is: 'eq', than: value.value }
    throw ruleErrors.wrong_type({ modifier: unit, value: shown(value), takes: { en: 'a number', zh: '数值' } })
  }
}

/** Every modifier that changes a value. `all` and `neq` change how values are joined and are read elsewhere. */
export const MODIFIERS: ReadonlyMap<string, Modifier> = new Map<string, Modifier>([
  ['contains', opening('contains', true, true)],
  ['startswith', opening('startswith', false, true)],
  ['endswith', opening('endswith', true, false)],
  ['cased', onText('cased', (value) => ({ ...value, cased: true }))],
  ['windash', windash],
  ['re', onText('re', (value) => regex(value.raw, []))],
  ['i', flag('i')],
  ['ignorecase', flag('i')],
  ['m', flag('m')],
  ['multiline', flag('m')],
  ['s', flag('s')],
  ['dotall', flag('s')],
  ['base64', encoding('base64', (pattern) => wrap(encodeBase64(pattern)))],
  ['base64offset', encoding('base64offset', encodeBase64Offsets)],
  ['wide', widening('wide', 'utf16le')],
  ['utf16le', widening('utf16le', 'utf16le')],
  ['utf16be', widening('utf16be', 'utf16be')],
  ['utf16', widening('utf16', 'utf16')],
  ['cidr', cidr],
  ['fieldref', fieldReference],
  ['expand', expand],
  ['exists', exists],
  ...COMPARISONS.map((name) => [name, comparing(name)] as const),
  ...TIME_UNITS.map((name) => [name, timePart(name)] as const),
])

const wrap = (text: string | undefined): string[] | undefined => (text === undefined ? undefined : [text])
