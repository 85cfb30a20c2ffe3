import { playbookErrors } from './playbook-errors.ts'

type TokenKind = 'variable' | 'text' | 'number' | 'boolean' | 'operator' | 'word' | 'punctuation'

export interface Token {
  readonly kind: TokenKind
  /** The name of a variable, the decoded text, or the token as it stands (words in capitals). */
  readonly value: string
  /** 1-based character of the condition. */
  readonly at: number
}

const SHAPES: readonly (readonly [TokenKind, RegExp])[] = [
  ['variable', /(__[a-zA-Z_][a-zA-Z0-9_-]{0,199}__):value/y],
  ['text', /'((?:[^'\\]|\\[\\'])*)'/y],
  ['number', /-?\d+(?:\.\d+)?(?![\w.])/y],
  ['boolean', /(?:true|false)(?!\w)/y],
  ['operator', /==|!=|<>|<=|>=|=|<|>/y],
  ['word', /[A-Za-z_]+(?!\w)/y],
  ['punctuation', /[()[\],]/y],
]
const WORDS = new Set(['AND', 'OR', 'NOT', 'IN', 'LIKE', 'MATCHES', 'ISSUBSET', 'ISSUPERSET'])
const MAX_LENGTH = 4096

/** The tokens of a condition in STIX Patterning 2.1 spelling; throws `threat_playbook.condition` on anything else. */
export function conditionTokens(text: string): readonly Token[] {
  if (text.length > MAX_LENGTH) {
    throw playbookErrors.condition({
      at: MAX_LENGTH,
      problem: { en: `longer than ${MAX_LENGTH} characters`, zh: `长度超过 ${MAX_LENGTH} 个字符` },
    })
  }
  const tokens: Token[] = []
  let at = skipSpace(text, 0)
  while (at < text.length) {
    const [token, end] = tokenAt(text, at)
    tokens.push(token)
    at = skipSpace(text, end)
  }
  return tokens
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (/\s/.test(text[at] ?? '')) at += 1
  return at
}

function tokenAt(text: string, at: number): readonly [Token, number] {
  for (const [kind, shape] of SHAPES) {
    shape.lastIndex = at
    const found = shape.exec(text)
    if (!found) continue
    const value = found[1] ?? found[0]
    const token = { kind, value: kind === 'text' ? value.replace(/\\(.)/g, '$1') : value, at: at + 1 }
    if (kind === 'word' && !WORDS.has(value)) {
      throw playbookErrors.condition({
        at: at + 1,
        problem: {
          en: `"${value}" is not part of the subset for variables`,
          zh: `“${value}”不在变量条件可用的语法之内`,
        },
      })
    }
    return [token, at + found[0].length]
  }
  throw playbookErrors.condition({
    at: at + 1,
    problem: {
      en: `"${text.slice(at, at + 20)}" is no part of a comparison`,
      zh: `“${text.slice(at, at + 20)}”不是比较的组成部分`,
    },
  })
}
