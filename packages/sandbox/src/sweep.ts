import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
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
  const removed = await Promise.all([workFolder, tmpdir()].map(removeOrphans))
  return removed.reduce((sum, count) => sum + count, left.length)
}

/** Folders that another user's house left are not ours to remove: they stay and do not count. */
async function removeOrphans(folder: string): Promise<number> {
  const left = (await readdir(folder)).filter(isOrphan)
  const removed = await Promise.allSettled(left.map((name) => rm(join(folder, name), { recursive: true })))
  return removed.filter(({ status }) => status === 'fulfilled').length
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
