import { expect, test } from 'vitest'
import { type Ending, nameOutcome, outcomeReason } from './outcome.ts'

const limits = { wallSeconds: 5, cpuSeconds: 2, memoryBytes: 512 * 1024 * 1024, processes: 8, outputBytes: 1000 }
const ending: Ending = {
  ...{ stoppedFor: undefined, exitCode: 0, signal: undefined, cpuSeconds: 0.1, memoryKills: 0, log: '' },
}
const killed = { exitCode: 137, signal: 'SIGKILL' }

test.each<[string, Partial<Ending>, string]>([
  ['a clean end', {}, 'ok'],
  ['an exit code', { exitCode: 3 }, 'failed'],
  ['our own stop wins over everything', { ...killed, stoppedFor: 'wall_time', memoryKills: 1 }, 'wall_time'],
  ['the kernel ran out of memory for a child of the job', { exitCode: 0, memoryKills: 1 }, 'memory'],
  ['V8 gives up', { exitCode: 134, signal: 'SIGABRT', log: 'FATAL ERROR: JavaScript heap out of memory' }, 'memory'],
  ['a native allocation fails', { exitCode: 1, log: "terminate called after 'std::bad_alloc'" }, 'memory'],
  ['a text about memory after a clean end', { log: 'heap out of memory' }, 'ok'],
  ['a file past its limit', { exitCode: 153, signal: 'SIGXFSZ' }, 'output'],
  ['a full work folder', { exitCode: 1, log: 'Error: ENOSPC: no space left on device, write' }, 'output'],
  ['the soft limit of processor time', { exitCode: 152, signal: 'SIGXCPU' }, 'cpu_time'],
  ['the hard limit of processor time', { ...killed, cpuSeconds: 1.95 }, 'cpu_time'],
  ['a job that kills itself early', { ...killed, cpuSeconds: 0.2 }, 'failed'],
])('%s', (_, seen, expected) => {
  expect(nameOutcome({ ...ending, ...seen }, limits)).toBe(expected)
})

test('a reason names the limit in both languages', () => {
  expect(outcomeReason('memory', limits)).toEqual({
    en: 'stopped: it asked for more memory than the limit of 512 MiB',
    zh: '已终止：内存占用超过 512 MiB 的上限',
  })
  expect(outcomeReason('ok', limits)).toBeUndefined()
})
