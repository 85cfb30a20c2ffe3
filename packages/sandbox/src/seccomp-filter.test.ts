import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { ABSENT, ALLOW, filterBytes, type Instruction, KILL, REFUSE, seccompFilter } from './seccomp-filter.ts'
import { type Architecture, CLONE, CLONE3, FORBIDDEN_SYSCALLS, syscallNumber } from './syscalls.ts'

/** A call as the kernel shows it to a filter: `struct seccomp_data`. */
interface Data {
  readonly architecture: number
  readonly number: number
  readonly flags?: number
}

/** Interprets classic BPF as the kernel does, for the four kinds of instruction that the filter uses. */
function verdict(program: readonly Instruction[], data: Data): number {
  const words = new Map([
    [0, data.number],
    [4, data.architecture],
    [16, data.flags ?? 0],
  ])
  let accumulator = 0
  for (let at = 0; at < program.length; at += 1) {
    const { code, whenTrue, whenFalse, operand } = program[at] as Instruction
    if (code === 0x06) return operand
    if (code === 0x20) accumulator = words.get(operand) as number
    else at += holds(code, accumulator, operand) ? whenTrue : whenFalse
  }
  throw new Error('the program ran past its end')
}

function holds(code: number, a: number, k: number): boolean {
  if (code === 0x15) return a === k
  if (code === 0x35) return a >= k
  if (code === 0x45) return (a & k) !== 0
  throw new Error(`unknown instruction ${code}`)
}

const AUDIT = { x64: 0xc000003e, arm64: 0xc00000b7 } as const
const BOTH: readonly Architecture[] = ['x64', 'arm64']

test.each(BOTH)('%s: every forbidden call fails with EPERM', (architecture) => {
  const program = seccompFilter(architecture)
  for (const [name, numbers] of Object.entries(FORBIDDEN_SYSCALLS)) {
    const number = syscallNumber(numbers, architecture)
    if (number === undefined) continue
    expect([name, verdict(program, { architecture: AUDIT[architecture], number })]).toEqual([name, REFUSE])
  }
})

test.each(BOTH)('%s: every other call passes, whatever its number', (architecture) => {
  const program = seccompFilter(architecture)
  const treated = [CLONE3, CLONE, ...Object.values(FORBIDDEN_SYSCALLS)].map((n) => syscallNumber(n, architecture))
  const passed = Array.from({ length: 1000 }, (_, number) => number).filter((number) => !treated.includes(number))
  for (const number of passed) expect(verdict(program, { architecture: AUDIT[architecture], number })).toBe(ALLOW)
})

const SIGCHLD = 17
const THREAD = 0x3d0f00
test.each([
  ['a plain fork', SIGCHLD, ALLOW],
  ['a thread of libc', THREAD, ALLOW],
  ['a new mount namespace', 0x00020000 | SIGCHLD, REFUSE],
  ['a new cgroup namespace', 0x02000000, REFUSE],
  ['a new host name namespace', 0x04000000, REFUSE],
  ['a new IPC namespace', 0x08000000, REFUSE],
  ['a new user namespace', 0x10000000, REFUSE],
  ['a new process namespace', 0x20000000, REFUSE],
  ['a new network namespace', 0x40000000 | THREAD, REFUSE],
])('clone for %s', (_, flags, expected) => {
  for (const architecture of BOTH) {
    const data = { architecture: AUDIT[architecture], number: syscallNumber(CLONE, architecture) as number, flags }
    expect(verdict(seccompFilter(architecture), data)).toBe(expected)
  }
})

test('clone3 does not exist, so that libc falls back to clone, whose flags can be seen', () => {
  expect(verdict(seccompFilter('x64'), { architecture: AUDIT.x64, number: 435 })).toBe(ABSENT)
})

test.each([
  ['32-bit x86 on x86-64', 'x64', 0x40000003, 11],
  ['64-bit ARM numbers on x86-64', 'x64', AUDIT.arm64, 63],
  ['the x32 ABI on x86-64', 'x64', AUDIT.x64, 0x40000000 | 41],
  ['32-bit ARM on 64-bit ARM', 'arm64', 0x40000028, 3],
] as const)('%s is killed', (_, on, architecture, number) => {
  expect(verdict(seccompFilter(on), { architecture, number })).toBe(KILL)
})

test('the bytes are struct sock_filter, little-endian', () => {
  const bytes = filterBytes([{ code: 0x15, whenTrue: 1, whenFalse: 2, operand: 0xc000003e }])
  expect([...bytes]).toEqual([0x15, 0, 1, 2, 0x3e, 0, 0, 0xc0])
})

/** Debian's python3-seccomp, which we did not write, knows every number. */
const ORACLE = `
import json, seccomp, sys
archs = (seccomp.Arch.X86_64, seccomp.Arch.AARCH64)
print(json.dumps({n: [seccomp.resolve_syscall(a, n) for a in archs] for n in json.load(sys.stdin)}))
`

test('the numbers are those of libseccomp', (context) => {
  const names = { ...FORBIDDEN_SYSCALLS, clone: CLONE, clone3: CLONE3 }
  const oracle = spawnSync('/usr/bin/python3', ['-c', ORACLE], { input: JSON.stringify(Object.keys(names)) })
  if (oracle.status !== 0) return context.skip('SKIPPED: python3-seccomp is not installed')
  const known = JSON.parse(oracle.stdout.toString()) as Record<string, [number, number]>
  for (const [name, numbers] of Object.entries(names)) {
    const expected = known[name]?.map((number) => (number < 0 ? undefined : number))
    expect([name, ...numbers]).toEqual([name, ...(expected ?? [])])
  }
})
