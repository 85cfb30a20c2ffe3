import type { Text } from '@dengta/kernel'
import { playbookErrors } from './playbook-errors.ts'
import { jsonPath } from './playbook-fault.ts'

const MAX_DEPTH = 64
/** Members of all lists and objects: each may be a fault with its words. 30 for each of 10,000 steps. */
const MAX_MEMBERS = 300_000
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\],:]/gy
const GAP = /[\s]*(?:true|false|null)?[\s]*/gy

interface Level {
  readonly keys: Set<string> | undefined
  /** The key, or the index, of the member that is being read. */
  at: string | number
  expectsKey: boolean
}

/**
 * Looks through text that JSON.parse has accepted for what it would lose or what would hurt later: a key given twice, `__proto__`,
 * numbers beyond the double range, lone surrogates, nesting deeper than 64, too many members. Throws `not_json` or `too_large`.
 */
export function scanJson(text: string): void {
  const levels: Level[] = []
  let position = 0
  let members = 0
  while (position < text.length) {
    GAP.lastIndex = position
    GAP.exec(text)
    position = GAP.lastIndex
    TOKEN.lastIndex = position
    const token = TOKEN.exec(text)?.[0]
    if (token === undefined) return
    position += token.length
    if (token === ',' || token === '{' || token === '[') members += 1
    if (members > MAX_MEMBERS) throw tooMany(members)
    takeToken(token, levels)
  }
}

const tooMany = (size: number) =>
  playbookErrors.too_large({ size, unit: { en: 'members', zh: '个成员' }, limit: MAX_MEMBERS })

function takeToken(token: string, levels: Level[]): void {
  const level = levels.at(-1)
  const first = token[0] as string
  if (first === '{' || first === '[') open(first, levels)
  else if (first === '}' || first === ']') levels.pop()
  else if (first === ',') next(level)
  else if (first === '"') takeString(token, level, levels)
  else if (first !== ':') checkNumber(token, levels)
}

function open(bracket: string, levels: Level[]): void {
  if (levels.length >= MAX_DEPTH) {
    throw playbookErrors.too_large({ size: levels.length + 1, unit: { en: 'levels', zh: '层嵌套' }, limit: MAX_DEPTH })
  }
  levels.push(
    bracket === '{' ? { keys: new Set(), at: '', expectsKey: true } : { keys: undefined, at: 0, expectsKey: false },
  )
}

function next(level: Level | undefined): void {
  if (level === undefined) return
  if (level.keys) level.expectsKey = true
  else level.at = (level.at as number) + 1
}

function takeString(token: string, level: Level | undefined, levels: readonly Level[]): void {
  const value = JSON.parse(token) as string
  if (/\p{Surrogate}/u.test(value))
    throw refused(levels, { en: 'a lone surrogate is no character', zh: '孤立的代理项不是字符' })
  if (!level?.expectsKey) return
  level.at = value
  level.expectsKey = false
  if (value === '__proto__')
    throw refused(levels, { en: 'the key "__proto__" is not taken', zh: '不接受键“__proto__”' })
  if (level.keys?.has(value)) throw refused(levels, { en: 'the key is given twice', zh: '键重复出现' })
  level.keys?.add(value)
}

function checkNumber(token: string, levels: readonly Level[]): void {
  const value = Number(token)
  const whole = /^-?\d+$/.test(token)
  if (!Number.isFinite(value) || (whole && !Number.isSafeInteger(value))) {
    const number = token.slice(0, 40)
    throw refused(levels, {
      en: `the number ${number} cannot be kept exactly; write it as text`,
      zh: `数字 ${number} 无法精确保存；请改写为文本`,
    })
  }
}

function refused(levels: readonly Level[], problem: Text) {
  return playbookErrors.not_json({ path: jsonPath(levels.map(({ at }) => at)), problem })
}
