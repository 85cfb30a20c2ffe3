import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A shell that waits for our end, however we end, runs `script` and removes the folder given as `$1`. */
const WATCHDOG = 'eval "$2"; read _; eval "$3"; rm -rf "$1"'

export interface WatchdogScripts {
  /** Shell text run at once, e.g. to start a server in the background. */
  readonly first?: string
  /** Shell text run when the test process has ended, before `folder` is removed. */
  readonly last?: string
  readonly as?: { readonly uid: number; readonly gid: number } | undefined
}

/** Removes `folder` when this process or test thread ends, even by kill -9: the end of our pipe tells. */
export function removeAtEnd(folder: string, { first = '', last = '', as }: WatchdogScripts = {}): void {
  const watchdog = spawn('sh', ['-c', WATCHDOG, 'sh', folder, first, last], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    ...as,
  })
  watchdog.unref()
  ;(watchdog.stdin as unknown as Socket).unref()
}

/** A new private folder under the system's temp folder that lives as long as this test process or thread. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dengta-test-'))
  chmodSync(folder, 0o700)
  removeAtEnd(folder)
  return folder
}
