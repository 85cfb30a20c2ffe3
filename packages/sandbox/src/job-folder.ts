import { chown, copyFile, mkdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Bind } from './job-plan.ts'
import { NOBODY } from './nobody.ts'
import type { JobFiles } from './place-job.ts'

/** A folder on the host for one job: the named pipe of its output and, at level `process`, copies of what it may see. */
export interface JobFolder {
  readonly path: string
  /** Where the scripts of the job lie. */
  readonly gate: Bind
  readonly entry: Bind
  remove(): Promise<void>
}

/** Level `bubblewrap`: a folder that only the server may enter; the job sees nothing of it but the pipe. */
export async function privateFolder(path: string, { gate, entry }: JobFiles): Promise<JobFolder> {
  await mkdir(path, { mode: 0o700 })
  return { path, gate, entry, remove: () => rm(path, { recursive: true, force: true }) }
}

/** Level `process`: the job runs inside, as another user where we are root, so it gets copies that it may read. */
export async function sharedFolder(name: string, files: JobFiles, root: boolean): Promise<JobFolder> {
  const { gate, entry, inputs, packages, kept } = files
  const path = join(tmpdir(), name)
  await mkdir(path, { mode: 0o700 })
  const inFolder = ({ inside }: Bind) => join(path, inside.replace(/^\/job\//, '').replace(/^\//, '.'))
  const folders = [path, join(path, 'work'), join(path, '.house/node_modules')]
  for (const folder of folders) await mkdir(folder, { recursive: true })
  for (const bind of packages) {
    await mkdir(dirname(inFolder(bind)), { recursive: true })
    await symlink(bind.host, inFolder(bind))
  }
  const copied = [gate, entry, ...inputs]
  if (kept) await symlink(kept.host, join(path, 'kept'))
  await Promise.all(copied.map((bind) => copyFile(bind.host, inFolder(bind))))
  if (root) await Promise.all([...folders, ...copied.map(inFolder)].map((file) => chown(file, NOBODY, NOBODY)))
  const moved = (bind: Bind) => ({ ...bind, host: inFolder(bind) })
  return { path, gate: moved(gate), entry: moved(entry), remove: () => rm(path, { recursive: true, force: true }) }
}
