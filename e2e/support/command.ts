import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'

export interface CommandResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs one `dengta` command as a user would, on the given data folder. */
export async function dengta(home: string, ...words: readonly string[]): Promise<CommandResult> {
  const child = spawn(process.execPath, [join(houseRoot(), 'apps/server/bin/dengta.mjs'), ...words], {
    env: { ...process.env, DENGTA_HOME: home, DENGTA_LANG: 'en' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err]: [string[], string[]] = [[], []]
  child.stdout.on('data', (chunk) => out.push(String(chunk)))
  child.stderr.on('data', (chunk) => err.push(String(chunk)))
  const [code] = await once(child, 'close')
  return { code: code as number, stdout: out.join(''), stderr: err.join('') }
}
