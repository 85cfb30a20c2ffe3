import { MODIFIERS } from './modifier.ts'
import { joined, readPattern } from './pattern.ts'
import { ruleErrors } from './rule-errors.ts'
import { plainText, type Value } from './value.ts'

const NUMERIC = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/

/** One line of a detection, with its modifiers applied. */
export interface Item {
  /** Undefined for keywords. */
  readonly field: string | undefined
  readonly values: readonly Value[]
  readonly join: 'and' | 'or'
  readonly negated: boolean
}

/** Reads `Field|modifier|modifier: value or list`. Throws a ruleErrors entry; `placeOf` tells which value is being read. */
export function readItem(key: string, raw: unknown, placeOf?: (index: number | undefined) => void): Item {
  const [name = '', ...modifiers] = key.split('|')
  for (const modifier of modifiers) {
    if (modifier !== 'all' && modifier !== 'neq' && !MODIFIERS.has(modifier)) {
      throw ruleErrors.unknown_modifier({ modifier })
    }
  }
  const list = Array.isArray(raw) ? raw : [raw]
  const values = list.map((each, i) => {
    placeOf?.(Array.isArray(raw) ? i : undefined)
    return applyAll(modifiers, readValue(each))
  })
  placeOf?.(undefined)
  return {
    field: name.replaceAll(' ', '') || undefined,
    values,
    join: modifiers.includes('all') ? 'and' : 'or',
    negated: modifiers.includes('neq'),
  }
}

function applyAll(modifiers: readonly string[], value: Value): Value {
  return modifiers.reduce((changed, name) => MODIFIERS.get(name)?.(forModifier(name, changed)) ?? changed, value)
}

/** YAML reads `contains: 4444` as a number; string modifiers mean its digits. */
function forModifier(name: string, value: Value): Value {
  const wantsText = name === 'contains' || name === 'startswith' || name === 'endswith' || name === 're'
  return value.kind === 'number' && wantsText ? plainText(String(value.value), [String(value.value)]) : value
}

function readValue(raw: unknown): Value {
  if (typeof raw === 'string') return plainText(raw, joined(readPattern(raw)))
  if (typeof raw === 'number' || typeof raw === 'bigint') return readNumber(raw)
  if (typeof raw === 'boolean') return { kind: 'boolean', value: raw }
  if (raw === null || raw === undefined) return { kind: 'null' }
  throw ruleErrors.unsupported({ what: JSON.stringify(raw).slice(0, 60) })
}

/** A number too long for a double keeps its digits as text. */
function readNumber(raw: number | bigint): Value {
  const exact = typeof raw === 'number' && NUMERIC.test(String(raw))
  return exact ? { kind: 'number', value: raw } : plainText(String(raw), [String(raw)])
}
