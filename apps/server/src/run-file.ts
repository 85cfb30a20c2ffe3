import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How the command line finds the server that holds a data folder. The token dies with the server process. */
export interface RunningServer {
  readonly address: string
  readonly pid: number
  readonly token: string
}

/** Written 0600 once the server listens; answers how to take it away. */
export async function writeRunFile(home: string, running: RunningServer): Promise<() => Promise<void>> {
  const folder = join(home, 'run')
  const file = join(folder, 'server.json')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(file, JSON.stringify(running), { mode: 0o600 })
  await chmod(file, 0o600)
  return () => rm(file, { force: true })
}
