import type { Text } from '@dengta/kernel'
import { type Expression, group, NOTHING } from './expression.ts'
import { joined, MANY } from './pattern.ts'
import { matchesPattern } from './pattern-match.ts'
import { ruleErrors } from './rule-errors.ts'

const MAX_DEPTH = 100
/** Detections that the patterns of one condition may choose, all together. */
const MAX_CHOSEN = 20_000

const LARGE = {
  why: {
    en: `the patterns of its condition choose more than ${MAX_CHOSEN} detections`,
    zh: `条件中的通配共选中超过 ${MAX_CHOSEN} 个检测项`,
  },
}

interface Token {
  readonly text: string
  readonly at: number
}

/**
 * Reads a Sigma 2.1 condition over the named detections. `not` binds before `and`, `and` before `or`.
 * A pattern that names no detection becomes `nothing`; throws bad_condition otherwise.
 */
export function readCondition(condition: string, detections: ReadonlyMap<string, Expression>): Expression {
  const tokens = tokenize(condition)
  let next = 0
  let picked = 0
  const fail = (why: Text): never => {
    throw ruleErrors.bad_condition({ condition, at: (tokens[next]?.at ?? condition.length) + 1, why })
  }
  const peek = (offset = 0): string => (tokens[next + offset]?.text ?? '').toLowerCase()
  const take = (): string => tokens[next++]?.text ?? fail({ en: 'it ends too early', zh: '条件不完整' })

  const either = (depth: number): Expression => {
    const parts = [both(depth)]
    while (peek() === 'or') {
      take()
      parts.push(both(depth))
    }
    return group('or', parts)
  }
  const both = (depth: number): Expression => {
    const parts = [single(depth)]
    while (peek() === 'and') {
      take()
      parts.push(single(depth))
    }
    return group('and', parts)
  }
  const single = (depth: number): Expression => {
    if (depth > MAX_DEPTH) fail({ en: 'it is nested too deeply', zh: '嵌套过深' })
    if (peek() === 'not') {
      take()
      return { kind: 'not', part: single(depth + 1) }
    }
    if (peek() === '(') return parenthesised(depth)
    return peek(1) === 'of' && /^(?:1|any|all)$/.test(peek()) ? quantified() : named()
  }
  const parenthesised = (depth: number): Expression => {
    take()
    const inner = either(depth + 1)
    if (take() !== ')') fail({ en: 'a closing parenthesis is missing', zh: '缺少右括号' })
    return inner
  }
  const quantified = (): Expression => {
    const kind = take().toLowerCase() === 'all' ? 'and' : 'or'
    take()
    const chosen = select(take(), detections)
    picked += chosen.length
    if (picked > MAX_CHOSEN) throw ruleErrors.too_large(LARGE)
    return chosen.length === 0 ? NOTHING : group(kind, chosen)
  }
  const named = (): Expression => {
    const name = take()
    if (/^(?:and|or|of|\)|\|)$/i.test(name)) {
      next -= 1
      fail(
        name === '|'
          ? {
              en: 'aggregations behind "|" left Sigma; write a correlation rule',
              zh: 'Sigma 已取消“|”之后的聚合；请改写为关联规则',
            }
          : { en: `"${name}" is not expected here`, zh: `此处不应出现“${name}”` },
      )
    }
    return detections.get(name) ?? fail({ en: `there is no detection "${name}"`, zh: `没有名为“${name}”的检测项` })
  }

  const whole = either(0)
  if (next < tokens.length) {
    fail(
      peek() === '|'
        ? {
            en: 'aggregations behind "|" left Sigma; write a correlation rule',
            zh: 'Sigma 已取消“|”之后的聚合；请改写为关联规则',
          }
        : { en: 'nothing was expected here', zh: '此处不应再有内容' },
    )
  }
  return whole
}

function tokenize(condition: string): Token[] {
  const found = condition.matchAll(/[()|]|[^\s()|]+/g)
  return [...found].map((match) => ({ text: match[0], at: match.index }))
}

/** Detections chosen by `them` or a pattern with `*`; names that begin with `_` are only chosen by a pattern that does too. */
function select(pattern: string, detections: ReadonlyMap<string, Expression>): Expression[] {
  const glob = pattern.toLowerCase() === 'them' ? '*' : pattern
  const shape = joined(glob.split('*').flatMap((piece, i) => (i === 0 ? [piece] : [MANY, piece])))
  const names = [...detections.keys()].filter(
    (name) => matchesPattern(shape, name) && (!name.startsWith('_') || glob.startsWith('_')),
  )
  return glob.includes('*') || detections.has(glob) ? names.map((name) => detections.get(name) as Expression) : []
}
