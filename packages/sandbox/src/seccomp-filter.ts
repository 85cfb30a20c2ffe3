import {
  type Architecture,
  CLONE,
  CLONE3,
  FORBIDDEN_SYSCALLS,
  type ForbiddenSyscall,
  syscallNumber,
} from './syscalls.ts'

/** One instruction of classic BPF: `struct sock_filter` of linux/filter.h. Jumps count instructions to skip. */
export interface Instruction {
  readonly code: number
  readonly whenTrue: number
  readonly whenFalse: number
  readonly operand: number
}

/** Offsets into `struct seccomp_data` (linux/seccomp.h); the low word of an argument comes first on both architectures. */
const NUMBER = 0
const ARCHITECTURE = 4
const FIRST_ARGUMENT = 16

const LOAD = 0x20
const JUMP_EQUAL = 0x15
const JUMP_AT_LEAST = 0x35
const JUMP_ANY_BIT = 0x45
const RETURN = 0x06

const EPERM = 1
const ENOSYS = 38
export const ALLOW = 0x7fff0000
export const KILL = 0x80000000
const failWith = (errno: number): number => 0x00050000 | errno
export const REFUSE = failWith(EPERM)
export const ABSENT = failWith(ENOSYS)

/** AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64 of linux/audit.h. */
const AUDIT_ARCHITECTURE: Readonly<Record<Architecture, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 }
/** Calls of the x32 ABI share the architecture of x86-64 and carry this bit; nothing of ours uses them. */
const X32_BIT = 0x40000000
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET of linux/sched.h. */
const NEW_NAMESPACE_FLAGS = 0x7e020000

const load = (offset: number): Instruction => ({ code: LOAD, whenTrue: 0, whenFalse: 0, operand: offset })
const answer = (verdict: number): Instruction => ({ code: RETURN, whenTrue: 0, whenFalse: 0, operand: verdict })
/** Goes on with the next instruction when the test holds, skips it otherwise. */
const when = (code: number, operand: number): Instruction => ({ code, whenTrue: 0, whenFalse: 1, operand })

/**
 * The filter for one architecture: a foreign architecture is killed, forbidden calls fail with EPERM, `clone3` with
 * ENOSYS, `clone` with EPERM where it asks for a new namespace; everything else passes.
 */
export function seccompFilter(
  architecture: Architecture,
  forbidden: readonly ForbiddenSyscall[] = Object.keys(FORBIDDEN_SYSCALLS) as ForbiddenSyscall[],
): readonly Instruction[] {
  const numbers = forbidden
    .map((name) => syscallNumber(FORBIDDEN_SYSCALLS[name], architecture))
    .filter((number) => number !== undefined)
  return [
    load(ARCHITECTURE),
    { code: JUMP_EQUAL, whenTrue: 1, whenFalse: 0, operand: AUDIT_ARCHITECTURE[architecture] },
    answer(KILL),
    load(NUMBER),
    ...(architecture === 'x64' ? [when(JUMP_AT_LEAST, X32_BIT), answer(KILL)] : []),
    ...numbers.flatMap((number) => [when(JUMP_EQUAL, number), answer(REFUSE)]),
    when(JUMP_EQUAL, syscallNumber(CLONE3, architecture) as number),
    answer(ABSENT),
    { code: JUMP_EQUAL, whenTrue: 1, whenFalse: 0, operand: syscallNumber(CLONE, architecture) as number },
    answer(ALLOW),
    load(FIRST_ARGUMENT),
    when(JUMP_ANY_BIT, NEW_NAMESPACE_FLAGS),
    answer(REFUSE),
    answer(ALLOW),
  ]
}

/** The bytes that `bwrap --seccomp` reads: an array of `struct sock_filter`, little-endian. */
export function filterBytes(instructions: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(instructions.length * 8)
  const view = new DataView(bytes.buffer)
  instructions.forEach(({ code, whenTrue, whenFalse, operand }, i) => {
    view.setUint16(i * 8, code, true)
    view.setUint8(i * 8 + 2, whenTrue)
    view.setUint8(i * 8 + 3, whenFalse)
    view.setUint32(i * 8 + 4, operand, true)
  })
  return bytes
}
