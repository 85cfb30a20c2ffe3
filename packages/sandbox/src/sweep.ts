import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ControlGroups } from './control-groups.ts'
import { ownerOf } from './run-name.ts'

/** Removes jobs, groups and folders of servers that are no longer alive. Answers how many were found. */
export async function sweepLeftovers(workFolder: string, groups: ControlGroups | undefined): Promise<number> {
  const left = (groups?.list() ?? []).filter(isOrphan)
  for (const name of left) {
    const group = groups?.find(name)
    await group?.kill()
    await group?.remove()
  }
  const folders = (await readdir(workFolder)).filter(isOrphan)
  await Promise.all(folders.map((name) => rm(join(workFolder, name), { recursive: true, force: true })))
  return left.length + folders.length
}

function isOrphan(name: string): boolean {
  const owner = ownerOf(name)
  return owner !== undefined && !isAlive(owner)
}

/** EPERM means that the process lives and belongs to somebody else. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
