import { expect, test } from 'vitest'
import { readKnowledge, writeKnowledge } from '../model/knowledge-file.ts'
import { runLearnTask } from '../model/learn-task.ts'
import { untaught } from '../model/model-service.ts'
import { networkSource } from '../replay/networks.ts'

test('a model learnt from the own sample survives its file, and proves its bounds', () => {
  const source = networkSource('/nowhere')
  const { knowledge, sites } = runLearnTask({ source, networks: source.networks.slice(1) })
  console.log(knowledge.guard, sites)
  expect(readKnowledge(writeKnowledge(knowledge))).toEqual(knowledge)
  expect(knowledge.guard.proven).toBe(true)
})

test('nothing is proven of a model that has learnt nothing', () => {
  expect(untaught().knowledge.guard).toMatchObject({ proven: false })
})
