import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLog } from './open-log.ts'

/** Linux has a device that is always full. */
test.runIf(existsSync('/dev/full'))('a full disk takes the line, not the answer', () => {
  const home = mkdtempSync(join(tmpdir(), 'log-'))
  mkdirSync(join(home, 'logs'))
  symlinkSync('/dev/full', join(home, 'logs', 'server.log'))
  const log = openLog(home)
  expect(() => log.error({ err: new Error('x') }, 'request failed')).not.toThrow()
  rmSync(home, { recursive: true })
})
