import { expect, test } from 'vitest'
import { writeComment } from './job-comment.ts'
import { hasRoom } from './room-on-nodes.ts'
import type { SlurmJob } from './slurm-client.ts'

const description = {
  chipsPerNode: 8,
  sites: [
    { site: 'north', limitKw: 10, pools: [{ chip: 'npu', nodes: 2 }] },
    { site: 'west', limitKw: 10, pools: [{ chip: 'npu', nodes: 2 }] },
  ],
}
const facts = { participant: 'p', site: 'north', chip: 'npu', chips: 4, wattsPerChip: 300, kw: 1 }
const job = (id: string, chips: number, nodes: readonly string[], state = 'RUNNING'): SlurmJob => ({
  ...{
    id,
    name: id,
    user: 'nobody',
    state,
    priority: 1,
    nodes,
    reason: '',
    comment: writeComment({ ...facts, chips }),
  },
})
const room = (chips: number, others: readonly SlurmJob[]): boolean => {
  const own = job('own', 4, ['n1'])
  const change = { job: 'own', chips, kw: 1, minutes: 1 }
  return hasRoom([own, ...others], { job: own, facts, change }, description)
}

test('room is what others leave on nodes of the same site and chip; what ended, and what the job has itself, is free', () => {
  expect([room(8, []), room(16, []), room(24, [])]).toEqual([true, true, false])
  expect(room(16, [job('a', 1, ['n2'])])).toBe(false)
  expect(room(16, [job('a', 8, ['n2'], 'CANCELLED'), job('b', 16, ['n3', 'n4'])])).toBe(true)
  expect([
    room(6, [job('a', 4, ['n1']), job('b', 2, ['n2'])]),
    room(8, [job('a', 4, ['n1']), job('b', 2, ['n2'])]),
  ]).toEqual([true, false])
  expect(room(8, [{ ...job('foreign', 1, ['n1', 'n2']), comment: '' }])).toBe(false)
})
