import { utf8 } from '@dengta/kernel'
import { expect, test } from 'vitest'
import { decisionOf, groupOf } from '../threat-house.fixture.ts'
import { checkDecision, decisionLine, proveDecision, rootOfLines } from './decision-file.ts'

const lines = Array.from({ length: 13 }, (_, number) => {
  const group = groupOf(number)
  const finding = decisionOf(group, 'close')
  if (finding.kind !== 'decision') throw new TypeError('a decision was asked for')
  return decisionLine(`group_${number}`, 'net', 'model', { group, decision: finding.decision })
})
const file = utf8(`${lines.join('\n')}\n`)
const root = rootOfLines(lines)

test('every line of a sealed file can be proven by itself', () => {
  for (let number = 0; number < lines.length; number += 1) {
    const proof = proveDecision(file, `group_${number}`)
    expect(proof && checkDecision(proof, root)).toBe(true)
  }
})

test('a changed line, a moved line and a line of another file are not proven', () => {
  const proof = proveDecision(file, 'group_4')!
  expect(checkDecision({ ...proof, line: proof.line.replace('close', 'escalate') }, root)).toBe(false)
  expect(checkDecision({ ...proof, index: 5 }, root)).toBe(false)
  expect(checkDecision(proof, rootOfLines(lines.slice(1)))).toBe(false)
  expect(proveDecision(file, 'group_99')).toBeUndefined()
})
