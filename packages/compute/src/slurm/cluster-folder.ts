import { randomBytes } from 'node:crypto'
import { access, chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { databaseAccountSql, gresConf, slurmConf, slurmdbdConf } from './cluster-files.ts'
import type { SlurmDescription } from './slurm-description.ts'
import type { SystemUser } from './system-users.ts'

export interface Owners {
  readonly munge: SystemUser
  readonly mysql: SystemUser
  /** Runs slurmrestd. */
  readonly rest: SystemUser
  /** The user whose name the jobs run under. */
  readonly job: SystemUser
}

const ROOT: SystemUser = { uid: 0, gid: 0 }

/**
 * Writes everything that the daemons read. Keys are made once, the database password anew at each start. No job may write where root
 * does: a link in the place of a log would let it write anywhere.
 */
export async function writeClusterFolder(
  folder: string,
  { description, owners }: { description: SlurmDescription; owners: Owners },
): Promise<void> {
  const { munge, mysql, rest, job } = owners
  await makeFolders(folder, [
    ...([
      ['', ROOT, 0o755],
      ['run', mysql, 0o755],
      ['log', ROOT, 0o755],
    ] as const),
    ...([
      ['ctld', ROOT, 0o700],
      ['spool', ROOT, 0o755],
      ['dev', ROOT, 0o755],
      ['etc', ROOT, 0o755],
    ] as const),
    ...([
      ['munge', munge, 0o755],
      ['database', mysql, 0o700],
      ['database-tmp', mysql, 0o700],
      ['rest', rest, 0o700],
      ['output', job, 0o700],
    ] as const),
  ])
  const password = randomBytes(24).toString('hex')
  await Promise.all([
    keepKey(join(folder, 'munge', 'munge.key'), munge),
    keepKey(join(folder, 'ctld', 'jwt.key'), ROOT),
    writeOwned(join(folder, 'etc', 'slurm.conf'), slurmConf(description), { owner: ROOT, mode: 0o644 }),
    writeOwned(join(folder, 'etc', 'gres.conf'), gresConf(description), { owner: ROOT, mode: 0o644 }),
    writeOwned(join(folder, 'etc', 'slurmdbd.conf'), slurmdbdConf(password), { owner: ROOT, mode: 0o600 }),
    writeOwned(join(folder, 'etc', 'account.sql'), databaseAccountSql(password), { owner: mysql, mode: 0o600 }),
    ...Array.from({ length: description.chipsPerNode }, (_, chip) =>
      writeOwned(join(folder, 'dev', `chip${chip}`), '', { owner: ROOT, mode: 0o666 }),
    ),
  ])
}

type FolderRow = readonly [name: string, owner: SystemUser, mode: number]

async function makeFolders(folder: string, rows: readonly FolderRow[]): Promise<void> {
  for (const [name, { uid, gid }, mode] of rows) {
    const path = join(folder, name)
    await mkdir(path, { recursive: true })
    await chown(path, uid, gid)
    await chmod(path, mode)
  }
}

/** A key of 128 random bytes, mode 600; an existing one stays. */
async function keepKey(path: string, owner: SystemUser): Promise<void> {
  const kept = await access(path).then(
    () => true,
    () => false,
  )
  await writeOwned(path, kept ? await readFile(path) : randomBytes(128), { owner, mode: 0o600 })
}

async function writeOwned(
  path: string,
  content: string | Uint8Array,
  { owner, mode }: { owner: SystemUser; mode: number },
): Promise<void> {
  await writeFile(path, content, { mode })
  await chown(path, owner.uid, owner.gid)
  await chmod(path, mode)
}
