import { expect, test } from 'vitest'
import { checkWork, programName, workOf } from './job-command.ts'

test('the house runs its own workload, or a program that was handed in as source', () => {
  expect(workOf(undefined)).toEqual({ kind: 'demo', seconds: undefined })
  expect(workOf(['demo', '30'])).toEqual({ kind: 'demo', seconds: 30 })
  expect(workOf(['node', '-e', 'x()', 'a'])).toEqual({ kind: 'program', source: 'x()', words: ['a'] })
})

test.each([
  [['node', '/etc/passwd']],
  [['sh', '-c', 'id']],
  [['node', '-e']],
  [['demo', '0']],
  [['demo', '1e9']],
  [['demo', '86401']],
  [['demo', '1', '2']],
])('%j is no command: nobody names a file or a program of this machine', (command) => {
  expect(() => workOf(command)).toThrow(expect.objectContaining({ code: 'compute_job.command' }))
})

test('programs need a sandbox and a developer; the workload of the house needs neither', () => {
  const program = workOf(['node', '-e', '1'])
  const check = (role: 'developer' | 'owner', holds: boolean) => () => checkWork(program, { roles: [role] }, holds)
  expect(check('developer', true)).not.toThrow()
  expect(check('owner', true)).toThrow(expect.objectContaining({ code: 'compute_job.programs_role' }))
  expect(check('developer', false)).toThrow(expect.objectContaining({ code: 'compute_job.programs_not_held' }))
  expect(() => checkWork(workOf(undefined), { roles: [] }, false)).not.toThrow()
})

test('a program goes by the digest of its source', () => {
  expect(programName('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.mjs')
})
