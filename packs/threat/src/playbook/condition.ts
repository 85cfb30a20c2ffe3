import { AppError, type Text } from '@dengta/kernel'
import { compileRegex } from '../rule/regex.ts'
import { conditionTokens, type Token } from './condition-tokens.ts'
import { playbookErrors } from './playbook-errors.ts'

export type Constant = string | number | boolean
export type Operand = { readonly variable: string } | { readonly constant: Constant }
export type Comparator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'IN' | 'LIKE' | 'MATCHES' | 'ISSUBSET' | 'ISSUPERSET'

/** A condition over variables: the comparison expressions of STIX Patterning 2.1 §9 that CACAO 2.0 §4.9 uses. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | {
      readonly kind: 'compare'
      readonly variable: string
      readonly comparator: Comparator
      /** One operand, or the members of a set after IN. */
      readonly against: readonly Operand[]
    }

interface Cursor {
  readonly tokens: readonly Token[]
  readonly length: number
  next: number
  depth: number
}

const MAX_DEPTH = 32
const SAME: Readonly<Record<string, Comparator>> = { '==': '=', '<>': '!=' }

/**
 * Reads variables compared with constants or variables, joined by AND, OR, NOT and parentheses; brackets around one observation are
 * taken. Observation operators, qualifiers and object paths are not conditions on variables: `threat_playbook.condition`.
 */
export function parseCondition(text: string): Condition {
  const cursor: Cursor = { tokens: conditionTokens(text), length: text.length, next: 0, depth: 0 }
  const bracketed = accept(cursor, 'punctuation', '[')
  const condition = readOr(cursor)
  if (bracketed) expect(cursor, ']')
  const rest = cursor.tokens[cursor.next]
  if (rest)
    throw playbookErrors.condition({
      at: rest.at,
      problem: { en: `"${rest.value}" follows a finished comparison`, zh: `比较已完整，其后不应有“${rest.value}”` },
    })
  return condition
}

/** Every variable that a condition looks at. */
export function variablesOf(condition: Condition): readonly string[] {
  if (condition.kind === 'not') return variablesOf(condition.part)
  if (condition.kind !== 'compare') return condition.parts.flatMap(variablesOf)
  return [condition.variable, ...condition.against.flatMap((each) => ('variable' in each ? [each.variable] : []))]
}

const readOr = (cursor: Cursor): Condition => readJoined(cursor, 'OR', readAnd)
const readAnd = (cursor: Cursor): Condition => readJoined(cursor, 'AND', readOne)

function readJoined(cursor: Cursor, word: 'AND' | 'OR', read: (cursor: Cursor) => Condition): Condition {
  const first = read(cursor)
  const parts = [first]
  while (accept(cursor, 'word', word)) parts.push(read(cursor))
  return parts.length === 1 ? first : { kind: word === 'AND' ? 'and' : 'or', parts }
}

function readOne(cursor: Cursor): Condition {
  if (accept(cursor, 'word', 'NOT')) return { kind: 'not', part: nested(cursor, readOne) }
  if (!accept(cursor, 'punctuation', '(')) return readComparison(cursor)
  const inner = nested(cursor, readOr)
  expect(cursor, ')')
  return inner
}

function nested(cursor: Cursor, read: (cursor: Cursor) => Condition): Condition {
  cursor.depth += 1
  if (cursor.depth > MAX_DEPTH)
    throw unexpected(cursor, { en: `not more than ${MAX_DEPTH} levels`, zh: `不超过 ${MAX_DEPTH} 层嵌套` })
  const inner = read(cursor)
  cursor.depth -= 1
  return inner
}

/** `__name__:value [NOT] comparator operand`. */
function readComparison(cursor: Cursor): Condition {
  const { value: variable } = take(cursor, (token) => token.kind === 'variable', {
    en: 'a variable such as __name__:value',
    zh: '__name__:value 形式的变量',
  })
  const negated = accept(cursor, 'word', 'NOT')
  const word = take(cursor, isComparator, {
    en: 'a comparison such as =, <, IN, LIKE, MATCHES, ISSUBSET',
    zh: '比较运算，如 =、<、IN、LIKE、MATCHES、ISSUBSET',
  })
  const comparator = (SAME[word.value] ?? word.value) as Comparator
  const against = comparator === 'IN' ? readSet(cursor) : [readOperand(cursor)]
  if (comparator === 'MATCHES') checkRegex(against[0] as Operand, word.at)
  const comparison: Condition = { kind: 'compare', variable, comparator, against }
  return negated ? { kind: 'not', part: comparison } : comparison
}

/** RE2 syntax only: no look-around, no back references, so that no condition can stall a run. */
function checkRegex(operand: Operand, at: number): void {
  if ('variable' in operand)
    throw playbookErrors.condition({
      at,
      problem: { en: 'MATCHES takes a constant, no variable', zh: 'MATCHES 只接受常量，不接受变量' },
    })
  try {
    compileRegex(String(operand.constant), [])
  } catch (cause) {
    throw playbookErrors.condition(
      { at, problem: cause instanceof AppError ? cause.text : (cause as Error).message },
      cause,
    )
  }
}

const isComparator = ({ kind, value }: Token): boolean =>
  kind === 'operator' || (kind === 'word' && !['AND', 'OR', 'NOT'].includes(value))

function readSet(cursor: Cursor): readonly Operand[] {
  expect(cursor, '(')
  const members = [readOperand(cursor)]
  while (accept(cursor, 'punctuation', ',')) members.push(readOperand(cursor))
  expect(cursor, ')')
  return members
}

function readOperand(cursor: Cursor): Operand {
  const fits = ({ kind }: Token) => kind === 'variable' || kind === 'text' || kind === 'number' || kind === 'boolean'
  const { kind, value } = take(cursor, fits, {
    en: "a constant ('text', 12, true) or a variable",
    zh: "常量（'文本'、12、true）或变量",
  })
  if (kind === 'variable') return { variable: value }
  return { constant: kind === 'number' ? Number(value) : kind === 'boolean' ? value === 'true' : value }
}

function accept(cursor: Cursor, kind: Token['kind'], value: string): boolean {
  const token = cursor.tokens[cursor.next]
  if (token?.kind !== kind || token.value !== value) return false
  cursor.next += 1
  return true
}

function expect(cursor: Cursor, mark: string): void {
  if (!accept(cursor, 'punctuation', mark)) throw unexpected(cursor, { en: `"${mark}"`, zh: `“${mark}”` })
}

function take(cursor: Cursor, fits: (token: Token) => boolean, wanted: Text): Token {
  const token = cursor.tokens[cursor.next]
  if (token === undefined || !fits(token)) throw unexpected(cursor, wanted)
  cursor.next += 1
  return token
}

function unexpected(cursor: Cursor, wanted: Text) {
  const token = cursor.tokens[cursor.next]
  return playbookErrors.condition({
    at: token?.at ?? cursor.length + 1,
    problem: {
      en: `expected ${wanted.en}, found ${token ? `"${token.value}"` : 'the end'}`,
      zh: `应为${wanted.zh}，实为${token ? `“${token.value}”` : '结尾'}`,
    },
  })
}
