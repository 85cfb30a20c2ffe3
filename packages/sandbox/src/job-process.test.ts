import { expect, test } from 'vitest'
import { startJob } from './job-process.ts'

const plan = { command: '/bin/sh', arguments: ['-c', 'exit 3'], environment: {}, openFiles: [] }
const options = { folder: '/', onOverflow: () => {} }

test('tells the exit code and the last words', async () => {
  const running = await startJob({ ...plan, arguments: ['-c', 'echo bye >&2; exit 3'] }, options)
  expect(await running.exited).toEqual({ exitCode: 3, signal: undefined })
  expect(await running.log()).toBe('bye\n')
})

test('reads the signal from 128 + n as from the kernel', async () => {
  const wrapped = await startJob({ ...plan, arguments: ['-c', 'exit 153'] }, options)
  expect(await wrapped.exited).toEqual({ exitCode: 153, signal: 'SIGXFSZ' })
  const killed = await startJob({ ...plan, arguments: ['-c', 'sleep 60'] }, options)
  killed.kill()
  expect(await killed.exited).toEqual({ exitCode: undefined, signal: 'SIGKILL' })
})

test('a program that cannot be started is a failure of the start', async () => {
  await expect(startJob({ ...plan, command: '/no/such/program' }, options)).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(startJob({ ...plan, openFiles: ['/no/such/file'] }, options)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('hands over open files from number 4 on', async () => {
  const cat = { ...plan, arguments: ['-c', 'cat <&4'], openFiles: ['/proc/self/comm'] }
  const running = await startJob(cat, options)
  await running.exited
  expect((await running.log()).length).toBeGreaterThan(0)
})
