import { fixedClock } from '@dengta/kernel'
import { expect, test } from 'vitest'
import type { Order } from '../executor/executor.ts'
import { MemoryExecutor } from '../executor/memory-executor.ts'
import { slurmErrors } from '../slurm/slurm-errors.ts'
import { foundAgain, type Reached } from './found-again.ts'

const ORDER: Order = {
  ...{ job: 'j', participant: 'lab', site: 'north', chip: 'a100', chips: 4, wattsPerChip: 100, kw: 0.4, minutes: 60 },
  ...{ mayPause: true, command: ['demo'] },
}

function reached(kept: string[], name: string): Reached & { readonly executor: MemoryExecutor } {
  const clock = fixedClock('2026-11-22T08:00:00Z')
  const executor = new MemoryExecutor({ clock, pools: [{ site: 'north', chip: 'a100', count: 8 }] })
  return { executor, keepFree: async () => void kept.push(name) }
}

test('an engine that was started anew is found by the step that misses it, and takes the orders from then on', async () => {
  const kept: string[] = []
  const [first, second] = [reached(kept, 'first'), reached(kept, 'second')]
  let up = false
  const engine = foundAgain(first, async () => {
    if (!up) throw slurmErrors.not_running({ folder: 'slurm' })
    return second
  })
  expect(await engine.executor.jobs()).toEqual([])
  await engine.keepFree([])
  first.executor.jobs = async () => Promise.reject(new Error('the namespace is gone'))
  await expect(engine.executor.jobs()).rejects.toMatchObject({ code: 'slurm.not_running' })
  up = true
  expect(await engine.executor.jobs()).toEqual([])
  await engine.executor.submit(ORDER, false)
  await engine.keepFree([])
  expect((await second.executor.jobs()).map(({ job }) => job)).toEqual(['j'])
  expect(kept).toEqual(['first', 'second'])
})
