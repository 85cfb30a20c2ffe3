import { expect, test } from 'vitest'
import { ownGroup } from './own-group.ts'

const V1_MOUNTS = `
29 25 0:25 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
31 25 0:27 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory
35 25 0:31 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw`
const V1_GROUPS = `9:name=systemd:/
4:memory:/jobs/a:b
2:cpu,cpuacct:/
0::/user.slice`
const V2_MOUNTS = '30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup rw,nsdelegate'
const mixed = { mounts: V1_MOUNTS, groups: V1_GROUPS, exists: true }
const modern = { mounts: V2_MOUNTS, controller: undefined, exists: true }

test.each([
  ['a hierarchy of its own', { ...mixed, controller: 'memory' }, '/sys/fs/cgroup/memory/jobs/a:b'],
  ['a shared hierarchy, at its root', { ...mixed, controller: 'cpuacct' }, '/sys/fs/cgroup/cpu,cpuacct'],
  ['a controller that is not there', { ...mixed, controller: 'pids' }, undefined],
  ['version 2 beside version 1', { ...mixed, controller: undefined }, '/sys/fs/cgroup/unified/user.slice'],
  ['version 2 alone', { ...modern, groups: '0::/system.slice/house' }, '/sys/fs/cgroup/system.slice/house'],
  [
    'a container that sees its group as the root',
    { ...modern, groups: '0::/docker/4f', exists: false },
    '/sys/fs/cgroup',
  ],
  ['no version 2 at all', { mounts: '', groups: '4:memory:/', controller: undefined, exists: true }, undefined],
])('%s', (_, { mounts, groups, controller, exists }, expected) => {
  expect(ownGroup(mounts, groups, controller, () => exists)).toBe(expected)
})
