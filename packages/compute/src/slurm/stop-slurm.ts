import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { closeNamespace, findNamespace, type Namespace, processesIn } from './namespace.ts'

/** Ends the Slurm of a folder, whoever started it; answers how many processes were ended. Nothing of it is left running. */
export async function stopSlurm(folder: string): Promise<number> {
  const place = resolve(folder)
  const namespace = await findNamespace(place)
  if (!namespace) return 0
  const count = (await processesIn(namespace)).length
  await askToEnd(namespace, ['slurmctld', 'slurmrestd', 'slurmd'])
  await askToEnd(namespace, ['slurmdbd'])
  await askToEnd(namespace, ['mariadbd'])
  await closeNamespace(place, namespace)
  return count
}

const PATIENCE_MS = 15_000

/** Those that keep state save it when asked; who does not end in time ends with the namespace. */
async function askToEnd(namespace: Namespace, names: readonly string[]): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  const asked = await named(namespace, names)
  for (const pid of asked) tryKill(pid)
  while (performance.now() < end && (await named(namespace, names)).some((pid) => asked.includes(pid))) await sleep(50)
}

async function named(namespace: Namespace, names: readonly string[]): Promise<readonly number[]> {
  const found = await Promise.all(
    (await processesIn(namespace)).map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
      const [, name = '', state = ''] = /^Name:\s+(\S+)[\s\S]*?^State:\s+(\S)/m.exec(status) ?? []
      return names.includes(name) && state !== 'Z' ? [pid] : []
    }),
  )
  return found.flat()
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM')
  } catch {
    // It has ended since it was listed.
  }
}
