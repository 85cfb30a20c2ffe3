import { expect, test } from 'vitest'
import { runCommand, tryCommand } from './run-command.ts'

test('answers output and exit code; a failure says which program said what', async () => {
  expect(await tryCommand(['sh', '-c', 'cat; echo no >&2; exit 3'], { input: 'yes' })).toEqual({
    ...{ code: 3, output: 'yes', problem: 'no' },
  })
  await expect(runCommand(['nsenter', '--', 'no-such-program'])).rejects.toMatchObject({ code: 'slurm.command_failed' })
})

test('a program that is not done in time is ended, and its failure says so', async () => {
  const { code, problem } = await tryCommand(['sleep', '60'], { timeoutSeconds: 0.2 })
  expect([code, problem]).toEqual([124, 'it did not end within 0.2 s'])
})

test('is answered too where the program has ended and a child of another group holds its output open', async () => {
  const left = ['sh', '-c', 'setsid sleep 3 & echo started']
  expect(await tryCommand(left, { timeoutSeconds: 0.5 })).toMatchObject({ code: 124, output: 'started\n' })
})
