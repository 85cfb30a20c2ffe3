import type { ControlGroups } from './control-groups.ts'
import type { IsolationLevel } from './sandbox.ts'

/** What this machine offers for isolation; found once, when the sandbox opens. Paths are absolute. */
export interface Machine {
  readonly root: boolean
  readonly node: string
  /** Shared libraries that the node binary loads. */
  readonly libraries: readonly string[]
  /** Present only if a trial with all flags of a job has succeeded. */
  readonly bubblewrap: string | undefined
  /** File with the seccomp filter; present if `bubblewrap` is. */
  readonly seccomp: string | undefined
  readonly prlimit: string | undefined
  readonly setpriv: string | undefined
  readonly controlGroups: ControlGroups | undefined
}

/** Names what holds on a machine and what is missing: the words of a record about isolation. */
export function levelOf(machine: Machine): IsolationLevel {
  const boxed = machine.bubblewrap !== undefined
  const groups = machine.controlGroups
  const facts: readonly (readonly [part: string, held: boolean])[] = [
    ['mount-namespace', boxed],
    ['pid-namespace', boxed],
    ['network-namespace', boxed],
    ['no-capabilities', boxed],
    ['seccomp', boxed],
    machine.root ? ['uid-65534', machine.setpriv !== undefined] : ['user-namespace', boxed],
    ['rlimits', machine.prlimit !== undefined],
    [groupPart(groups, 'memory'), groups?.controllers.has('memory') ?? false],
    [groupPart(groups, 'pids'), groups?.controllers.has('pids') ?? false],
    [groupPart(groups, 'cpuacct'), groups?.controllers.has('cpuacct') ?? false],
  ]
  return {
    name: boxed ? 'bubblewrap' : 'process',
    parts: facts.filter(([, held]) => held).map(([part]) => part),
    missing: facts.filter(([, held]) => !held).map(([part]) => part),
  }
}

function groupPart(groups: ControlGroups | undefined, controller: string): string {
  return groups === undefined ? `cgroup-${controller}` : `cgroup-v${groups.version}-${controller}`
}
