import { spawnSync } from 'node:child_process'
import { afterAll, expect, test } from 'vitest'
import { type Call, syscallProgram } from './syscall-program.ts'
import type { Architecture } from './syscalls.ts'
import { testHouse } from './test-house.ts'

const house = testHouse()
afterAll(() => house.remove())

/** Number of close(2). */
const CLOSE: Readonly<Record<Architecture, number>> = { x64: 3, arm64: 57 }
const EBADF = 9
const EMULATORS: Readonly<Record<Architecture, string>> = { x64: 'qemu-x86_64-static', arm64: 'qemu-aarch64-static' }

function run(architecture: Architecture, calls: readonly Call[]): number | null {
  const file = house.file(syscallProgram(architecture, calls), 0o700)
  return process.arch === architecture
    ? spawnSync(file).status
    : spawnSync(EMULATORS[architecture], [file], { stdio: 'ignore' }).status
}

for (const architecture of ['x64', 'arm64'] as const)
  test(`${architecture}: makes the calls in order and exits with the errno of the last`, (context) => {
    const emulator = EMULATORS[architecture]
    if (process.arch !== architecture && spawnSync(emulator, ['--version']).error !== undefined)
      return context.skip(`SKIPPED: ${emulator} is not installed`)
    const close = (file: number): Call => ({ number: CLOSE[architecture], arguments: [file] })
    expect(run(architecture, [close(0xfffffff)])).toBe(EBADF)
    expect(run(architecture, [close(0)])).toBe(0)
    expect(run(architecture, [close(0), close(0)])).toBe(EBADF)
  })
