import type { Machine } from './machine.ts'

/** Machines for tests of pure parts; nothing of them is run. */
export function bareMachine(root: boolean): Machine {
  return {
    ...{ root, node: '/usr/bin/node', libraries: ['/lib/libc.so.6'], bubblewrap: undefined, seccomp: undefined },
    ...{ prlimit: '/usr/bin/prlimit', setpriv: '/usr/bin/setpriv', controlGroups: undefined },
  }
}

export function boxedMachine(root: boolean): Machine {
  return { ...bareMachine(root), bubblewrap: '/usr/bin/bwrap', seccomp: '/data/seccomp.bpf' }
}
