import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canMakeGroups, killMembers, readKey, readNumber, removeGroup, tryWrite, write } from './control-group-files.ts'
import type { ControlGroup, ControlGroups, Controller } from './control-groups.ts'
import { ownGroup } from './own-group.ts'
import { GROUP_PREFIX } from './run-name.ts'

const CONTROLLERS: readonly Controller[] = ['memory', 'pids', 'cpuacct']
type Folders = Partial<Record<Controller, string>>

/** Control groups, version 1: one hierarchy for each controller. Answers `undefined` where none may be used. */
export function controlGroupsV1(): ControlGroups | undefined {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
  const own = readFileSync('/proc/self/cgroup', 'utf8')
  const bases: Folders = {}
  for (const controller of CONTROLLERS) {
    const base = ownGroup(mounts, own, controller, existsSync)
    if (base !== undefined && canMakeGroups(base)) bases[controller] = base
  }
  const found = Object.keys(bases) as Controller[]
  if (found.length === 0) return undefined
  return {
    version: 1,
    controllers: new Set(found),
    create: (name, limits) => create(foldersOf(bases, name), limits),
    list: () => [...new Set(Object.values(bases).flatMap(groupNames))],
    find: (name) => groupOf(foldersOf(bases, name)),
  }
}

function foldersOf(bases: Folders, name: string): Folders {
  return Object.fromEntries(Object.entries(bases).map(([controller, base]) => [controller, join(base, name)]))
}

function groupNames(base: string): readonly string[] {
  return readdirSync(base).filter((name) => name.startsWith(GROUP_PREFIX))
}

function create(folders: Folders, limits: { memoryBytes: number; processes: number }): ControlGroup {
  for (const folder of Object.values(folders)) mkdirSync(folder)
  if (folders.memory !== undefined) {
    write(folders.memory, 'memory.limit_in_bytes', String(limits.memoryBytes))
    tryWrite(folders.memory, 'memory.memsw.limit_in_bytes', String(limits.memoryBytes))
  }
  if (folders.pids !== undefined) write(folders.pids, 'pids.max', String(limits.processes))
  return groupOf(folders)
}

function groupOf(folders: Folders): ControlGroup {
  const all = Object.values(folders)
  return {
    joinFiles: all.map((folder) => join(folder, 'cgroup.procs')),
    usage: () => ({
      cpuSeconds: nanoseconds(folders.cpuacct),
      peakBytes: folders.memory === undefined ? undefined : readNumber(folders.memory, 'memory.max_usage_in_bytes'),
      memoryKills: folders.memory === undefined ? 0 : (readKey(folders.memory, 'memory.oom_control', 'oom_kill') ?? 0),
    }),
    kill: () => killMembers(all),
    remove: async () => {
      await Promise.all(all.map(removeGroup))
    },
  }
}

function nanoseconds(folder: string | undefined): number | undefined {
  const used = folder === undefined ? undefined : readNumber(folder, 'cpuacct.usage')
  return used === undefined ? undefined : used / 1e9
}
