import type { Architecture } from './syscalls.ts'

/** One system call with up to four arguments, each an unsigned 32-bit number. */
export interface Call {
  readonly number: number
  readonly arguments: readonly number[]
}

const LOADED_AT = 0x400000
const HEADERS = 64 + 56
/** e_machine of the ELF header: EM_X86_64 and EM_AARCH64. */
const ELF_MACHINE: Readonly<Record<Architecture, number>> = { x64: 62, arm64: 183 }
const EXIT: Readonly<Record<Architecture, number>> = { x64: 60, arm64: 93 }

/**
 * A static Linux program of a few hundred bytes that makes the calls in order and exits with the errno of the last one
 * (0 if it succeeded without a value). Node cannot make these calls itself; with it the canary tries them for real.
 */
export function syscallProgram(architecture: Architecture, calls: readonly Call[]): Uint8Array {
  const write = architecture === 'x64' ? x64Call : arm64Call
  const exit = architecture === 'x64' ? X64_EXIT_WITH_ERRNO : arm64ExitWithErrno()
  return elfFile(architecture, [...calls.flatMap(write), ...exit])
}

const little32 = (value: number): readonly number[] => [
  value & 255,
  (value >>> 8) & 255,
  (value >>> 16) & 255,
  value >>> 24,
]

/** mov edi / esi / edx / r10d, mov eax, syscall. */
const X64_ARGUMENT_REGISTERS = [[0xbf], [0xbe], [0xba], [0x41, 0xba]] as const

function x64Call({ number, arguments: values }: Call): readonly number[] {
  const registers = X64_ARGUMENT_REGISTERS.flatMap((move, i) => [...move, ...little32(values[i] ?? 0)])
  return [...registers, 0xb8, ...little32(number), 0x0f, 0x05]
}

/** neg eax; mov edi, eax; mov eax, 60; syscall. */
const X64_EXIT_WITH_ERRNO = [0xf7, 0xd8, 0x89, 0xc7, 0xb8, ...little32(EXIT.x64), 0x0f, 0x05]

/** movz and movk into a register in two halves. */
function arm64Move(register: number, value: number): readonly number[] {
  const low = 0xd2800000 | ((value & 0xffff) << 5) | register
  const high = 0xf2a00000 | ((value >>> 16) << 5) | register
  return [...little32(low), ...little32(high)]
}

const ARM64_SUPERVISOR_CALL = little32(0xd4000001)

function arm64Call({ number, arguments: values }: Call): readonly number[] {
  return [
    ...[0, 1, 2, 3].flatMap((i) => arm64Move(i, values[i] ?? 0)),
    ...arm64Move(8, number),
    ...ARM64_SUPERVISOR_CALL,
  ]
}

/** neg x0, x0; exit. */
function arm64ExitWithErrno(): readonly number[] {
  return [...little32(0xcb0003e0), ...arm64Move(8, EXIT.arm64), ...ARM64_SUPERVISOR_CALL]
}

/** ELF-64 with one loadable, executable segment (System V ABI, elf(5)). */
function elfFile(architecture: Architecture, code: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(HEADERS + code.length)
  const view = new DataView(bytes.buffer)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  view.setUint16(16, 2, true)
  view.setUint16(18, ELF_MACHINE[architecture], true)
  view.setUint32(20, 1, true)
  view.setBigUint64(24, BigInt(LOADED_AT + HEADERS), true)
  view.setBigUint64(32, 64n, true)
  view.setUint16(52, 64, true)
  view.setUint16(54, 56, true)
  view.setUint16(56, 1, true)
  view.setUint32(64, 1, true)
  view.setUint32(68, 5, true)
  view.setBigUint64(80, BigInt(LOADED_AT), true)
  view.setBigUint64(88, BigInt(LOADED_AT), true)
  view.setBigUint64(96, BigInt(bytes.length), true)
  view.setBigUint64(104, BigInt(bytes.length), true)
  view.setBigUint64(112, 0x1000n, true)
  bytes.set(code, HEADERS)
  return bytes
}
