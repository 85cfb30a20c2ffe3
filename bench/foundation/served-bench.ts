import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServedHouse, serveHouse } from '../../e2e/support/served-house.ts'

/** Runs `work` against a server of its own on an empty data folder. */
export async function withHouse<T>(
  flags: readonly string[],
  work: (house: ServedHouse, home: string) => Promise<T>,
): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'dengta-bench-'))
  const house = await serveHouse({ home, flags })
  try {
    return await work(house, home)
  } finally {
    await house.kill('SIGTERM')
    await rm(home, { recursive: true, force: true })
  }
}
