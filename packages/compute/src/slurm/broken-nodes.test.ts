import { AppError } from '@dengta/kernel'
import { expect, test } from 'vitest'
import { createNodePatience, waitingForBroken } from './broken-nodes.ts'
import type { SlurmJob } from './slurm-client.ts'

const OURS = 'dengta=1&participant=a&site=north&chip=a910b&chips=8&watts=310&kw=2.48'

const job = (id: string, reason: string, change: Partial<SlurmJob> = {}): SlurmJob => ({
  ...{ id, name: `job-${id}`, user: 'nobody', state: 'PENDING', priority: 1, nodes: [], comment: OURS },
  reason,
  ...change,
})

const DOWN = 'ReqNodeNotAvail, UnavailableNodes:n2'

test('only waiting jobs of the house wait for a broken node, each since it was first seen to', () => {
  const jobs = [
    job('1', DOWN),
    job('2', DOWN),
    job('3', 'ReqNodeNotAvail, May be reserved for other job'),
    job('4', 'Resources'),
    job('5', DOWN, { comment: '' }),
    job('6', DOWN, { state: 'RUNNING' }),
    job('7', 'ReqNodeNotAvail, UnavailableNodes:'),
  ]
  expect(waitingForBroken(jobs, new Map([['1', 40]]), 100)).toEqual(
    new Map([
      ['1', 40],
      ['2', 100],
    ]),
  )
})

test('a job is freed of its nodes once the patience is over, not where the node came back in between', async () => {
  let now = 0
  const freed: string[][] = []
  const look = createNodePatience({
    clock: { now: () => new Date(now) },
    freeOfNodes: async (ids) => void freed.push([...ids]),
    patienceMs: 60_000,
  })
  await look([job('1', DOWN), job('2', DOWN)])
  now = 59_999
  await look([job('1', DOWN), job('2', 'Resources')])
  expect(freed).toEqual([])
  now = 60_000
  await look([job('1', DOWN), job('2', DOWN)])
  expect(freed).toEqual([['1']])
})

test('where Slurm refuses the change the jobs are told all the same, and the next look tries again', async () => {
  let calls = 0
  const look = createNodePatience({
    clock: { now: () => new Date(0) },
    freeOfNodes: async () => {
      calls += 1
      throw new AppError('unavailable', 'slurm.command_failed', { en: 'no answer', zh: '无应答' })
    },
    patienceMs: 0,
  })
  await look([job('1', DOWN)])
  await look([job('1', DOWN)])
  expect(calls).toBe(2)
})
