import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ControlGroups } from './control-groups.ts'
import { controlGroupsV1 } from './control-groups-v1.ts'
import { controlGroupsV2 } from './control-groups-v2.ts'
import { runName } from './run-name.ts'

const MIB = 1024 * 1024

/** What both versions must do, on the kernel of this machine. */
function controlGroupsContract(version: string, groups: ControlGroups | undefined): void {
  if (groups === undefined) console.log(`SKIPPED: this process may not use control groups ${version}`)

  describe.runIf(groups !== undefined)(`control groups ${version}`, () => {
    const make = (script: string) => {
      const group = groups!.create(runName(), { memoryBytes: 64 * MIB, processes: 8 })
      const join = [...group.joinFiles.map((file) => `echo $$ >${file}`), script].join('\n')
      const child = spawn('/bin/sh', ['-c', join], { stdio: 'ignore' })
      return { group, ended: once(child, 'exit') }
    }

    test('count processor time of members that have ended', async () => {
      const { group, ended } = make('i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done')
      await ended
      expect(group.usage().cpuSeconds).toBeGreaterThan(0.01)
      await group.remove()
    })

    test('kill every member, the children too', async () => {
      const { group, ended } = make('sleep 60 & sleep 60 & wait')
      await new Promise((resolve) => setTimeout(resolve, 100))
      await group.kill()
      expect(await ended).toEqual([null, 'SIGKILL'])
      await group.remove()
    })

    test('are found by name and gone when removed', async () => {
      const name = runName()
      groups!.create(name, { memoryBytes: 64 * MIB, processes: 8 })
      expect(groups!.list()).toContain(name)
      await groups!.find(name).remove()
      expect(groups!.list()).not.toContain(name)
    })

    test.runIf(groups?.controllers.has('memory'))('stop what takes too much memory, and count it', async () => {
      const { group, ended } = make('head -c 200000000 /dev/zero | tail')
      await ended
      expect(group.usage().memoryKills).toBeGreaterThan(0)
      expect(group.usage().peakBytes).toBeLessThanOrEqual(64 * MIB)
      await group.kill()
      await group.remove()
    })
  })
}

test('looking for control groups moves no other process', () => {
  const groupsOfOthers = () => [1, process.ppid].map((pid) => readFileSync(`/proc/${pid}/cgroup`, 'utf8'))
  const before = groupsOfOthers()
  controlGroupsV1()
  controlGroupsV2()
  expect(groupsOfOthers()).toEqual(before)
})

controlGroupsContract('version 1', controlGroupsV1())
controlGroupsContract('version 2', controlGroupsV2())
