import { PGlite } from '@electric-sql/pglite'

/**
 * How the engine starts: PGlite's own parameters without `-F` (which switches fsync off).
 * The small buffers save 130 MB of memory; the operating system caches the files anyway. WAL is kept short for a fast restart.
 */
export const START_PARAMETERS: string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...[
    'fsync=on',
    'wal_sync_method=fsync',
    'shared_buffers=16MB',
    'wal_buffers=1MB',
    'min_wal_size=16MB',
    'max_wal_size=64MB',
  ].flatMap((setting) => ['-c', setting]),
]
