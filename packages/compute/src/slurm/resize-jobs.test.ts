import { expect, test } from 'vitest'
import { writeComment } from './job-comment.ts'
import { resizeJobs } from './resize-jobs.ts'
import type { SlurmClient, SlurmJob } from './slurm-client.ts'
import type { SlurmOperator } from './slurm-operator.ts'

const description = {
  chipsPerNode: 4,
  sites: [{ site: 'north', limitKw: 10, pools: [{ chip: 'npu', nodes: 2 }] }],
}
const facts = { participant: 'p', site: 'north', chip: 'npu', chips: 4, wattsPerChip: 300, kw: 1.2 }
const job = (id: string, node: string, comment: string): SlurmJob => ({
  ...{ id, name: `job-${id}`, user: 'nobody', state: 'RUNNING', priority: 1, nodes: [node], reason: '', comment },
})
const own = job('1', 'n1', writeComment(facts))

/** A Slurm with our job on its first node, and what others run beside it. */
function slurm(others: readonly SlurmJob[]) {
  const asked: string[] = []
  const client = {
    jobs: async (whose = 'own') => {
      asked.push(whose)
      return whose === 'own' ? [own] : [own, ...others]
    },
    release: async () => true,
  } as Partial<SlurmClient> as SlurmClient
  const operator = {
    requeueAndHold: async () => {},
    reshape: async () => {},
  } as Partial<SlurmOperator> as SlurmOperator
  const resize = (chips: number) =>
    resizeJobs({ client, operator, description, now: 0 }, [{ job: 'job-1', chips, kw: chips * 0.3, minutes: 5 }])
  return { asked, resize }
}

test('a job grows onto a node that nobody has, not onto one that a job of somebody else holds', async () => {
  expect(await slurm([]).resize(8)).toEqual([])
  expect(await slurm([job('2', 'n2', '')]).resize(8)).toEqual(['job-1'])
})

test('a cut asks for no jobs of others', async () => {
  const { asked, resize } = slurm([job('2', 'n2', '')])
  expect(await resize(2)).toEqual([])
  expect(asked).not.toContain('all')
})
