import { ComparisonBudget } from './comparison-budget.ts'
import { fieldName } from './field-name.ts'
import { MODIFIERS, type Modifier, shown } from './modifier.ts'
import { joined, readPattern } from './pattern.ts'
import { ruleErrors } from './rule-errors.ts'
import { plainText, type Value } from './value.ts'
import { formsOf, refuseGrown } from './value-size.ts'

const NUMERIC = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/

const MAX_MODIFIERS = 16
const MANY_MODIFIERS = {
  what: { en: `more than ${MAX_MODIFIERS} modifiers of one field`, zh: `一个字段使用超过 ${MAX_MODIFIERS} 个修饰符` },
}

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
  if (modifiers.length > MAX_MODIFIERS) throw ruleErrors.unsupported(MANY_MODIFIERS)
  for (const modifier of modifiers) {
    if (modifier !== 'all' && modifier !== 'neq' && !MODIFIERS.has(modifier)) {
      throw ruleErrors.unknown_modifier({ modifier })
    }
  }
  const list = Array.isArray(raw) ? raw : [raw]
  const budget = new ComparisonBudget()
  const values = list.map((each, i) => {
    placeOf?.(Array.isArray(raw) ? i : undefined)
    const value = applyAll(modifiers, readValue(each))
    budget.take(formsOf(value))
    return value
  })
  placeOf?.(undefined)
  return {
    field: fieldName(name) || undefined,
    values,
    join: modifiers.includes('all') ? 'and' : 'or',
    negated: modifiers.includes('neq'),
  }
}

/** Modifiers that read the value as it stands in the file: what an earlier one has made of it would be lost. */
const FIRST = new Set(['re', 'cidr', 'exists'])
const NOT_FIRST = { en: 'write that modifier before the others', zh: '请把该修饰符写在其他修饰符之前' }

function applyAll(modifiers: readonly string[], value: Value): Value {
  let changed = value
  for (const [place, name] of modifiers.filter((each) => MODIFIERS.has(each)).entries()) {
    if (place > 0 && FIRST.has(name))
      throw ruleErrors.bad_value({ modifier: name, value: shown(changed), why: NOT_FIRST })
    changed = (MODIFIERS.get(name) as Modifier)(forModifier(name, changed))
    refuseGrown(changed)
  }
  return changed
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
