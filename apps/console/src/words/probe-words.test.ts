import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { attackName, attackSeen } from './probe-words.ts'

const SOURCES = join(import.meta.dirname, '../../../../packages/sandbox/src')
/** Every name of an attack in the sources of the canary. */
const named = ['canary-probes.ts', 'canary.ts'].flatMap((file) => {
  const text = readFileSync(join(SOURCES, file), 'utf8')
  return [/attack: '([^']+)'/g, /refusal\('([^']+)'/g, /^ {2}\['([^']+)', /gm].flatMap((form) =>
    [...text.matchAll(form)].map(([, name]) => name ?? ''),
  )
})

test('every attack of the canary has a Chinese name', () => {
  expect(named.length).toBeGreaterThan(19)
  expect(named.filter((name) => attackName(name, 'zh') === name)).toEqual([])
  expect([attackName('write /usr/x', 'zh'), attackName('write /usr/x', 'en')]).toEqual(['写入 /usr/x', 'write /usr/x'])
})

test('what was seen is said in words, codes and unknown names stay', () => {
  expect(['EPERM', '3 processes', '1 connections', 'lo'].map((seen) => attackSeen(seen, 'en'))).toEqual([
    ...['EPERM', '3 processes', '1 connection', 'lo'],
  ])
  expect(['ended with 0', 'memory at 268435456 bytes', 'nothing'].map((seen) => attackSeen(seen, 'zh'))).toEqual([
    ...['以 0 结束', '占用 268435456 字节时被上限终止', '未发现'],
  ])
  expect(attackName('of a later version', 'zh')).toBe('of a later version')
})
