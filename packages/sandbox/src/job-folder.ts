import { chown, copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NOBODY } from './nobody.ts'

/** A folder on the host for one job: the named pipe of its output and, at level `process`, copies of its inputs. */
export interface JobFolder {
  readonly path: string
  remove(): Promise<void>
}

/** Level `bubblewrap`: a folder that only the server may enter; the job sees nothing of it but the pipe. */
export async function privateFolder(path: string): Promise<JobFolder> {
  await mkdir(path, { mode: 0o700 })
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** Level `process`: the job runs inside, as another user where we are root, so it gets copies that it may read. */
export async function sharedFolder(inputs: Readonly<Record<string, string>>, root: boolean): Promise<JobFolder> {
  const path = await mkdtemp(join(tmpdir(), 'dengta-job-'))
  await mkdir(join(path, 'work'))
  const copies = Object.entries(inputs).map(async ([name, file]) => {
    await copyFile(file, join(path, name))
    return join(path, name)
  })
  const inside = [path, join(path, 'work'), ...(await Promise.all(copies))]
  if (root) await Promise.all(inside.map((file) => chown(file, NOBODY, NOBODY)))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
