import { expect, test } from 'vitest'
import type { DetectedAlert } from './detector-protocol.ts'
import { Packer, unpacked } from './packed.ts'

const alertOf = (line: number, text: string): DetectedAlert => ({
  id: `a${line}`,
  line,
  rule: { id: 'r', title: 'T', level: 'low', version: '', author: 'A', licence: 'L', link: '', tags: ['x'] },
  ...{
    logSource: { product: 'windows' },
    matched: [],
    eventMs: undefined,
    entities: { addresses: [] },
    event: { text },
  },
})

test('alerts come back in order from pieces that are each read in no time', () => {
  const alerts = Array.from({ length: 100 }, (_, i) => alertOf(i, i % 10 === 0 ? '界'.repeat(50_000) : '\ud800"\n'))
  const packer = new Packer<DetectedAlert>()
  for (const alert of alerts) packer.add(alert)
  const { count, pieces } = packer.packed()
  expect([count, pieces.flatMap((piece) => unpacked(piece))]).toEqual([100, alerts])
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(130_000)
})

test('a batch without alerts has no pieces', () => {
  expect(new Packer<DetectedAlert>().packed()).toEqual({ count: 0, pieces: [] })
})
