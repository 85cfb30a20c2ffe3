import { isInBlock, readBlock } from '../rule/cidr.ts'
import { compileRegex } from '../rule/regex.ts'
import type { Comparator, Condition, Constant, Operand } from './condition.ts'
import { playbookErrors } from './playbook-errors.ts'

/** Values by variable name, as text; undefined or null: not known. */
export type Values = ReadonlyMap<string, string | null>

/** True, false, or undefined where a variable that decides has no value yet. */
export function holdsIfKnown(condition: Condition, values: Values): boolean | undefined {
  if (condition.kind === 'not') {
    const inner = holdsIfKnown(condition.part, values)
    return inner === undefined ? undefined : !inner
  }
  if (condition.kind === 'compare') return compareIfKnown(condition, values)
  const decisive = condition.kind === 'or'
  const results = condition.parts.map((part) => holdsIfKnown(part, values))
  if (results.includes(decisive)) return decisive
  return results.includes(undefined) ? undefined : !decisive
}

/** As `holdsIfKnown`, but a missing value is an error: `threat_playbook.no_value`. */
export function holds(condition: Condition, values: Values): boolean {
  const result = holdsIfKnown(condition, values)
  if (result === undefined) throw playbookErrors.no_value({ variable: firstUnknown(condition, values) })
  return result
}

function firstUnknown(condition: Condition, values: Values): string {
  if (condition.kind === 'not') return firstUnknown(condition.part, values)
  if (condition.kind !== 'compare') {
    const open = condition.parts.find((part) => holdsIfKnown(part, values) === undefined)
    return open ? firstUnknown(open, values) : ''
  }
  if (known(values, condition.variable) === undefined) return condition.variable
  const open = condition.against.find((each) => 'variable' in each && known(values, each.variable) === undefined)
  return open && 'variable' in open ? open.variable : condition.variable
}

function compareIfKnown(comparison: Condition & { kind: 'compare' }, values: Values): boolean | undefined {
  const left = known(values, comparison.variable)
  if (left === undefined) return undefined
  const right = comparison.against.map((operand) => constantOf(operand, values))
  const results = right.map((each) => (each === undefined ? undefined : compare(left, comparison.comparator, each)))
  return results.includes(true) ? true : results.includes(undefined) ? undefined : false
}

const known = (values: Values, name: string): string | undefined => values.get(name) ?? undefined

function constantOf(operand: Operand, values: Values): Constant | undefined {
  return 'variable' in operand ? known(values, operand.variable) : operand.constant
}

function compare(left: string, comparator: Comparator, right: Constant): boolean {
  switch (comparator) {
    case 'IN':
    case '=':
      return equal(left, right)
    case '!=':
      return !equal(left, right)
    case 'LIKE':
      return likeShape(String(right)).test(left)
    case 'MATCHES':
      return compileRegex(String(right), []).test(left)
    case 'ISSUBSET':
      return isSubset(left, String(right))
    case 'ISSUPERSET':
      return isSubset(String(right), left)
    default:
      return inOrder(left, comparator, right)
  }
}

const numeric = (text: Constant): number | undefined =>
  typeof text === 'number' ? text : /^-?\d+(\.\d+)?$/.test(String(text)) ? Number(text) : undefined

function equal(left: string, right: Constant): boolean {
  if (typeof right === 'number') return numeric(left) === right
  return typeof right === 'boolean' ? left.toLowerCase() === String(right) : left === right
}

/** Numbers in order of size, everything else in order of code points (so do RFC 3339 times). */
function inOrder(left: string, comparator: '<' | '<=' | '>' | '>=', right: Constant): boolean {
  const [a, b] = [numeric(left), numeric(right)]
  const order = a !== undefined && b !== undefined ? a - b : left < String(right) ? -1 : left > String(right) ? 1 : 0
  if (comparator === '<') return order < 0
  if (comparator === '<=') return order <= 0
  return comparator === '>' ? order > 0 : order >= 0
}

/** SQL LIKE: `%` any run, `_` one character. RE2 keeps it linear. */
function likeShape(pattern: string) {
  const body = pattern
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.')
  return compileRegex(`^(?s:${body})$`, [])
}

function isSubset(inner: string, outer: string): boolean {
  const [small, large] = [readBlock(inner), readBlock(outer)]
  if (!small || !large) return false
  return small.bits >= large.bits && isInBlock(large, inner.split('/', 1)[0] as string)
}
