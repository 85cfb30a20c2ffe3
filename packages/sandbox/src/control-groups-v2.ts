import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import {
  canMakeGroups,
  killMembers,
  members,
  readKey,
  readNumber,
  readWords,
  removeGroup,
  tryWrite,
  write,
} from './control-group-files.ts'
import type { ControlGroup, ControlGroups, Controller } from './control-groups.ts'
import { ownGroup } from './own-group.ts'
import { GROUP_PREFIX } from './run-name.ts'

const SERVER_LEAF = 'dengta-server'

/** Control groups, version 2: one hierarchy. Answers `undefined` where this process may not use it. */
export function controlGroupsV2(): ControlGroups | undefined {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
  const own = ownGroup(mounts, readFileSync('/proc/self/cgroup', 'utf8'), undefined, existsSync)
  // opened before by this process, which has stepped aside since
  const base = own !== undefined && basename(own) === SERVER_LEAF ? dirname(own) : own
  return base !== undefined && canMakeGroups(base) ? controlGroupsIn(base) : undefined
}

/** Groups under a folder of version 2. CPU time is counted everywhere; memory and pids where they can be switched on. */
function controlGroupsIn(base: string): ControlGroups {
  const on = (['memory', 'pids'] as const).filter((controller) => switchOn(base, controller))
  return {
    version: 2,
    controllers: new Set<Controller>([...on, 'cpuacct']),
    create: (name, limits) => {
      const folder = join(base, name)
      mkdirSync(folder)
      if (on.includes('memory')) write(folder, 'memory.max', String(limits.memoryBytes))
      tryWrite(folder, 'memory.swap.max', '0')
      tryWrite(folder, 'memory.oom.group', '1')
      if (on.includes('pids')) write(folder, 'pids.max', String(limits.processes))
      return groupIn(folder)
    },
    list: () => readdirSync(base).filter((name) => name.startsWith(GROUP_PREFIX)),
    find: (name) => groupIn(join(base, name)),
  }
}

/** Asks only for what the kernel offers in this group, and touches nothing else where it offers nothing. */
function switchOn(base: string, controller: 'memory' | 'pids'): boolean {
  if (!readWords(base, 'cgroup.controllers').includes(controller)) return false
  if (readWords(base, 'cgroup.subtree_control').includes(controller)) return true
  const enable = () => tryWrite(base, 'cgroup.subtree_control', `+${controller}`)
  return enable() || (stepAside(base) && enable())
}

/**
 * A group with members cannot hand controllers down (cgroups(7)), so the server moves itself into a leaf. It moves
 * nobody else: where it does not have the group to itself, the controllers stay off and the level says so.
 */
function stepAside(base: string): boolean {
  const others = members(base).filter((pid) => pid !== process.pid)
  if (others.length > 0) return false
  const leaf = join(base, SERVER_LEAF)
  mkdirSync(leaf, { recursive: true })
  return tryWrite(leaf, 'cgroup.procs', String(process.pid))
}

function groupIn(folder: string): ControlGroup {
  return {
    joinFiles: [join(folder, 'cgroup.procs')],
    usage: () => {
      const micros = readKey(folder, 'cpu.stat', 'usage_usec')
      return {
        cpuSeconds: micros === undefined ? undefined : micros / 1e6,
        peakBytes: readNumber(folder, 'memory.peak') ?? readNumber(folder, 'memory.current'),
        memoryKills: readKey(folder, 'memory.events', 'oom_kill') ?? 0,
      }
    },
    kill: async () => {
      tryWrite(folder, 'cgroup.kill', '1')
      await killMembers([folder])
    },
    remove: () => removeGroup(folder),
  }
}
