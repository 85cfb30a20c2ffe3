import type { PGlite } from '@electric-sql/pglite'
import type { FsyncFileSystem } from './fsync-file-system.ts'

const TABLE = 'create table if not exists house_starts (id int primary key, starts bigint not null)'
const COUNT = 'insert into house_starts values (1, 1) on conflict (id) do update set starts = house_starts.starts + 1'

/** Commits one row and answers whether it reached the disk; false means that another PGlite has changed under us. */
export async function provesFsync(database: PGlite, files: FsyncFileSystem): Promise<boolean> {
  await database.exec(TABLE)
  const before = files.fsyncs
  await database.exec(COUNT)
  return files.fsyncs > before
}
