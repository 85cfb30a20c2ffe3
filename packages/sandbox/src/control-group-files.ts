import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runName } from './run-name.ts'

/** Kernel files of a control group. They are answered from memory at once, hence synchronous. */
export function readNumber(folder: string, file: string): number | undefined {
  const text = readText(folder, file)
  const value = Number.parseInt(text ?? '', 10)
  return Number.isNaN(value) ? undefined : value
}

/** The value behind `key` in a flat-keyed file such as `memory.events`. */
export function readKey(folder: string, file: string, key: string): number | undefined {
  const line = readText(folder, file)
    ?.split('\n')
    .find((text) => text.startsWith(`${key} `))
  return line === undefined ? undefined : Number.parseInt(line.slice(key.length + 1), 10)
}

/** The words of a file such as `cgroup.controllers`; none where it is not there. */
export function readWords(folder: string, file: string): readonly string[] {
  return (readText(folder, file) ?? '').split(/\s+/).filter(Boolean)
}

/** Throws what the kernel answers: a job never runs without its limit. */
export function write(folder: string, file: string, value: string): void {
  writeFileSync(join(folder, file), value, { flag: 'r+' })
}

/** True if the kernel took the value; a file that this kernel does not have is no failure. */
export function tryWrite(folder: string, file: string, value: string): boolean {
  try {
    write(folder, file, value)
    return true
  } catch {
    return false
  }
}

/** True if this process may make groups inside `folder`. */
export function canMakeGroups(folder: string): boolean {
  const trial = join(folder, runName())
  try {
    mkdirSync(trial)
    rmdirSync(trial)
    return true
  } catch {
    return false
  }
}

export function members(folder: string): readonly number[] {
  return (readText(folder, 'cgroup.procs') ?? '').split('\n').filter(Boolean).map(Number)
}

/** Sends SIGKILL until no member is left: a member that forks meanwhile is found in the next round. */
export async function killMembers(folders: readonly string[]): Promise<void> {
  for (let round = 0; round < 400; round += 1) {
    const alive = folders.flatMap(members)
    if (alive.length === 0) return
    for (const pid of alive) killQuietly(pid)
    await sleep(5)
  }
}

/** Removes an empty group; the kernel says EBUSY for a moment after its last member has died. */
export async function removeGroup(folder: string): Promise<void> {
  for (let round = 0; round < 100; round += 1) {
    try {
      rmdirSync(folder)
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
      await sleep(10)
    }
  }
}

export function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it has died by itself
  }
}

function readText(folder: string, file: string): string | undefined {
  try {
    return readFileSync(join(folder, file), 'utf8')
  } catch {
    return undefined
  }
}
