import type { PlanView } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { planLines } from './compute-lines.ts'

const PLAN = {
  ...{ id: 'plan_1', dayName: 'first-day', state: 'waiting' },
  effort: { name: 'thorough', seed: 7 },
} as unknown as PlanView

test('a plan is told in words, its effort too', () => {
  expect(planLines(PLAN, { say: ({ en }) => en })).toEqual(['plan_1  first-day  in the queue  thorough (seed 7)'])
  expect(planLines(PLAN, { say: ({ zh }) => zh })).toEqual(['plan_1  first-day  排队中  精细（随机种子 7）'])
})
