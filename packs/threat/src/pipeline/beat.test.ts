import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testFolder, until } from './pipeline.fixture.ts'
import { run } from './running.fixture.ts'
import type { SinkStep } from './sink/alert-sink.ts'
import { FileAlertSink } from './sink/file-alert-sink.ts'
import type { Stage } from './stage/stage.ts'

const DUE = 1_000_000

/** Concludes once, when time has come to `DUE`. */
function waiting(): Stage {
  let isDone = false
  return {
    name: 'waiting',
    get dueMs() {
      return isDone ? undefined : DUE
    },
    push: (input, emit) => {
      if (isDone || input.kind !== 'time' || input.ms < DUE) return
      isDone = true
      emit({ stage: 'waiting', id: 'one', body: input.ms })
    },
    save: () => isDone,
    restore: (state) => {
      isDone = state as boolean
    },
  }
}

async function stepsOf(folder: string): Promise<SinkStep[]> {
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  const steps: SinkStep[] = []
  for await (const step of sink.replay(0)) steps.push(step)
  await sink.close()
  return steps
}

test('a stage that waits is told the time though no line comes, once, and the next start knows', async () => {
  const folder = testFolder()
  let now = DUE - 1
  const first = await run(folder, { stages: [waiting()], beatMs: 2, now: () => now })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(first.pipeline.status().sink.position).toBe(0)
  now = DUE + 5
  await until(() => first.pipeline.status().sink.position === 1)
  await first.pipeline.stop()
  const second = await run(folder, { stages: [waiting()], beatMs: 2, now: () => now + 1000 })
  await new Promise((resolve) => setTimeout(resolve, 50))
  await second.pipeline.stop()
  const findings = (await stepsOf(folder)).flatMap((step) => step.findings)
  expect(findings).toEqual([{ stage: 'waiting', id: 'one', body: DUE + 5 }])
})
