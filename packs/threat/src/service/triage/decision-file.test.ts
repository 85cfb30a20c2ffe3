import { checkLine, proveLine, rootOfLines } from '@dengta/evidence'
import { utf8 } from '@dengta/kernel'
import { expect, test } from 'vitest'
import { decisionOf, groupOf } from '../threat-house.fixture.ts'
import { decisionLine } from './decision-file.ts'

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
    const proof = proveLine(file, `group_${number}`)
    expect(proof && checkLine(proof, root)).toBe(true)
  }
})

test('a changed line, a moved line and a line of another file are not proven', () => {
  const proof = proveLine(file, 'group_4')!
  expect(checkLine({ ...proof, line: proof.line.replace('close', 'escalate') }, root)).toBe(false)
  expect(checkLine({ ...proof, index: 5 }, root)).toBe(false)
  expect(checkLine(proof, rootOfLines(lines.slice(1)))).toBe(false)
  expect(proveLine(file, 'group_99')).toBeUndefined()
})
