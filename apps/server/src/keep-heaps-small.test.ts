import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { SMALL_HEAPS } from './keep-heaps-small.ts'

/** Keeps 300,000 objects, each replaced once it has grown old; writes the largest heap seen over the one that lives. */
const CHURN = `
const next = (i) => ({ i, text: 'x' + i })
const kept = Array.from({ length: 300_000 }, (_, i) => next(i))
const lives = process.memoryUsage().heapUsed
let most = 0
for (let i = 0; i < 5_000_000; i += 1) {
  kept[(i * 7919) % kept.length] = next(i)
  if (i % 10_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed)
}
console.log(most / lives)`

function growth(setUp = ''): number {
  return Number(execFileSync(process.execPath, ['-e', setUp + CHURN], { encoding: 'utf8' }))
}

test('a heap set small while the program runs stays below three times what lives, where it is larger by itself', () => {
  const small = growth(`require('node:v8').setFlagsFromString('${SMALL_HEAPS}')`)
  expect(small).toBeLessThan(3)
  expect(growth()).toBeGreaterThan(1.2 * small)
})
