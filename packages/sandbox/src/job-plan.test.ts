import { expect, test } from 'vitest'
import { entryInside, type PlacedJob, planJob } from './job-plan.ts'
import { bareMachine, boxedMachine } from './test-machines.ts'

const MIB = 1024 * 1024
const limits = { wallSeconds: 5, cpuSeconds: 2.5, memoryBytes: 512 * MIB, processes: 8, outputBytes: 1000 }
const job: PlacedJob = {
  gate: { host: '/house/dist/job-gate.js', inside: '/house/job-gate.mjs', copied: false },
  entry: { host: '/house/dist/score.js', inside: '/house/score.mjs', copied: false },
  arguments: ['--fast', 'a b'],
  binds: [
    { host: '/data/ab12', inside: '/job/rows', copied: true },
    { host: '/data/run/output', inside: '/job/output', copied: false },
  ],
  limits,
  joinFiles: [],
}

test('as root: no user namespace, nobody on the host too, limits inside', () => {
  const plan = planJob(job, boxedMachine(true))
  expect(plan.openFiles).toEqual(['/data/seccomp.bpf', '/data/ab12'])
  expect(plan.environment).toEqual({})
  expect(lines([plan.command, ...plan.arguments])).toMatchInlineSnapshot(`
    "/usr/bin/bwrap
    --unshare-ipc
    --unshare-pid
    --unshare-net
    --unshare-uts
    --unshare-cgroup
    --cap-drop ALL
    --cap-add CAP_SETUID
    --cap-add CAP_SETGID
    --cap-add CAP_SETPCAP
    --die-with-parent
    --new-session
    --clearenv
    --setenv ORT_DISABLE_TELEMETRY 1
    --setenv TZ UTC
    --proc /proc
    --remount-ro /proc
    --seccomp 4
    --dir /dev
    --dir /house
    --dir /job
    --dir /lib
    --dir /usr
    --dir /usr/bin
    --dev-bind /dev/null /dev/null
    --dev-bind /dev/zero /dev/zero
    --dev-bind /dev/urandom /dev/urandom
    --ro-bind /usr/bin/node /usr/bin/node
    --ro-bind /usr/bin/prlimit /usr/bin/prlimit
    --ro-bind /usr/bin/setpriv /usr/bin/setpriv
    --ro-bind /lib/libc.so.6 /lib/libc.so.6
    --ro-bind /house/dist/job-gate.js /house/job-gate.mjs
    --ro-bind /house/dist/score.js /house/score.mjs
    --perms 0444
    --ro-bind-data 5 /job/rows
    --ro-bind /data/run/output /job/output
    --perms 0777
    --size 1000
    --tmpfs /job/work
    --remount-ro /
    --chdir /job
    -- /usr/bin/prlimit
    --cpu=3:3
    --fsize=1000:1000
    --core=0:0
    --nofile=256:256
    --data=1073741824
    --nproc=1024 /usr/bin/setpriv
    --reuid 65534
    --regid 65534
    --clear-groups
    --inh-caps=-all
    --ambient-caps=-all
    --bounding-set=-all /usr/bin/node
    --max-old-space-size=384
    --import /house/job-gate.mjs /house/score.mjs
    --fast a b"
  `)
})

test('as an ordinary user: a user namespace that makes no further ones', () => {
  const plan = planJob(job, boxedMachine(false))
  expect(lines([plan.command, ...plan.arguments])).toMatchInlineSnapshot(`
    "/usr/bin/bwrap
    --unshare-user
    --unshare-all
    --disable-userns
    --cap-drop ALL
    --uid 65534
    --gid 65534
    --die-with-parent
    --new-session
    --clearenv
    --setenv ORT_DISABLE_TELEMETRY 1
    --setenv TZ UTC
    --proc /proc
    --remount-ro /proc
    --seccomp 4
    --dir /dev
    --dir /house
    --dir /job
    --dir /lib
    --dir /usr
    --dir /usr/bin
    --dev-bind /dev/null /dev/null
    --dev-bind /dev/zero /dev/zero
    --dev-bind /dev/urandom /dev/urandom
    --ro-bind /usr/bin/node /usr/bin/node
    --ro-bind /usr/bin/prlimit /usr/bin/prlimit
    --ro-bind /usr/bin/setpriv /usr/bin/setpriv
    --ro-bind /lib/libc.so.6 /lib/libc.so.6
    --ro-bind /house/dist/job-gate.js /house/job-gate.mjs
    --ro-bind /house/dist/score.js /house/score.mjs
    --perms 0444
    --ro-bind-data 5 /job/rows
    --ro-bind /data/run/output /job/output
    --perms 0777
    --size 1000
    --tmpfs /job/work
    --remount-ro /
    --chdir /job
    -- /usr/bin/prlimit
    --cpu=3:3
    --fsize=1000:1000
    --core=0:0
    --nofile=256:256
    --data=1073741824
    --nproc=24 /usr/bin/node
    --max-old-space-size=384
    --import /house/job-gate.mjs /house/score.mjs
    --fast a b"
  `)
})

test('without bubblewrap: an ordinary child with limits, as nobody where we are root', () => {
  const plan = planJob(job, bareMachine(true))
  expect(plan.environment).toEqual({ ORT_DISABLE_TELEMETRY: '1', TZ: 'UTC' })
  expect(plan.openFiles).toEqual([])
  expect(lines([plan.command, ...plan.arguments])).toMatchInlineSnapshot(`
    "/usr/bin/prlimit
    --cpu=3:3
    --fsize=1000:1000
    --core=0:0
    --nofile=256:256
    --data=1073741824
    --nproc=1024 /usr/bin/setpriv
    --reuid 65534
    --regid 65534
    --clear-groups
    --inh-caps=-all
    --ambient-caps=-all
    --bounding-set=-all
    --no-new-privs
    --pdeathsig KILL /usr/bin/node
    --max-old-space-size=384
    --import /house/dist/job-gate.js /house/dist/score.js
    --fast a b"
  `)
})

test('the job joins its control group before anything else runs', () => {
  const plan = planJob({ ...job, joinFiles: ['/cg/memory/procs', '/cg/pids/procs'] }, boxedMachine(true))
  expect(plan.command).toBe('/bin/sh')
  expect(plan.arguments.slice(2, 7)).toEqual(['join', '/cg/memory/procs', '/cg/pids/procs', '--', '/usr/bin/bwrap'])
})

test('an entry is a module inside, whatever its ending', () => {
  expect(['/a/score.js', '/a/score.cjs', '/a/score.mjs', '/a/score'].map(entryInside)).toEqual(
    Array(4).fill('/house/score.mjs'),
  )
})

/** One flag a line, with its values. */
function lines(command: readonly string[]): string {
  return command.join(' ').replaceAll(' --', '\n--')
}
