import { expect, test } from 'vitest'
import type { ControlGroups, Controller } from './control-groups.ts'
import { levelOf, type Machine } from './machine.ts'
import type { IsolationLevel } from './sandbox.ts'
import { bareMachine, boxedMachine } from './test-machines.ts'

const NAMESPACES = ['mount-namespace', 'pid-namespace', 'network-namespace', 'no-capabilities', 'seccomp']

test.each<[string, Machine, IsolationLevel]>([
  [
    'root with everything',
    { ...boxedMachine(true), controlGroups: groups(1, ['memory', 'pids', 'cpuacct']) },
    {
      name: 'bubblewrap',
      parts: [...NAMESPACES, 'uid-65534', 'rlimits', 'cgroup-v1-memory', 'cgroup-v1-pids', 'cgroup-v1-cpuacct'],
      missing: [],
    },
  ],
  [
    'an ordinary user, whose control groups count time only',
    { ...boxedMachine(false), controlGroups: groups(2, ['cpuacct']) },
    {
      name: 'bubblewrap',
      parts: [...NAMESPACES, 'user-namespace', 'rlimits', 'cgroup-v2-cpuacct'],
      missing: ['cgroup-v2-memory', 'cgroup-v2-pids'],
    },
  ],
  [
    'root without bubblewrap',
    bareMachine(true),
    {
      name: 'process',
      parts: ['uid-65534', 'rlimits'],
      missing: [...NAMESPACES, 'cgroup-memory', 'cgroup-pids', 'cgroup-cpuacct'],
    },
  ],
])('%s', (_, machine, level) => {
  expect(levelOf(machine)).toEqual(level)
})

function groups(version: 1 | 2, controllers: Controller[]): ControlGroups {
  const unused = () => {
    throw new Error('a level is a description')
  }
  return { version, controllers: new Set(controllers), create: unused, list: unused, find: unused }
}
