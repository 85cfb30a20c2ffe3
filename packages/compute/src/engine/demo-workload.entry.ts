// The house's own workload: fits a line to numbers of a seeded generator, step by step, and keeps its weights in the folder
// of its checkpoints, so that it goes on where it was. Arguments: seconds of work.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'

const STEPS_A_SECOND = 5
const ROWS = 2000

interface Weights {
  readonly step: number
  readonly slope: number
  readonly offset: number
}

const steps = Math.max(1, Math.round(Number(process.argv[2] ?? '1') * STEPS_A_SECOND))
const file = join(process.env.DENGTA_CHECKPOINT ?? '.', 'weights.json')

let weights: Weights = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as Weights)
  : { step: 0, slope: 0, offset: 0 }
while (weights.step < steps) {
  const began = performance.now()
  weights = descend(weights)
  writeFileSync(`${file}.next`, JSON.stringify(weights))
  renameSync(`${file}.next`, file)
  await rest(Math.max(0, 1000 / STEPS_A_SECOND - (performance.now() - began)))
}

/** One pass of gradient descent over numbers around y = 3 x + 1. */
function descend({ step, slope, offset }: Weights): Weights {
  let [a, b] = [0, 0]
  let seed = step + 1
  for (let row = 0; row < ROWS; row += 1) {
    seed = (seed * 16_807) % 2_147_483_647
    const x = (seed / 2_147_483_647) * 2 - 1
    const error = slope * x + offset - (3 * x + 1)
    a += error * x
    b += error
  }
  return { step: step + 1, slope: slope - (0.5 * a) / ROWS, offset: offset - (0.5 * b) / ROWS }
}
